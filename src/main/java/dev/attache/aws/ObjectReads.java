package dev.attache.aws;

import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;

/** Marks calls to S3 whose refusal may concern one object only, and not this worker. */
public final class ObjectReads {

    /** {@code true} on such a call. */
    public static final ExecutionAttribute<Boolean> OF_OBJECT = new ExecutionAttribute<>("attache.object-read");

    /** {@code true} on such a call if, after an answer of 5xx, another call follows that is counted. */
    public static final ExecutionAttribute<Boolean> COMPARED = new ExecutionAttribute<>("attache.object-read-compared");

    private ObjectReads() {}

    public static boolean isOfObject(ExecutionAttributes call) {
        return Boolean.TRUE.equals(call.getAttribute(OF_OBJECT));
    }

    public static boolean isCompared(ExecutionAttributes call) {
        return Boolean.TRUE.equals(call.getAttribute(COMPARED));
    }
}
