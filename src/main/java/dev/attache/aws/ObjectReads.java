package dev.attache.aws;

import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;

/** Marks calls to S3 whose refusal may be about the object that they name, and so says nothing yet of the worker. */
public final class ObjectReads {

    /** {@code true} on such a call. */
    public static final ExecutionAttribute<Boolean> OF_OBJECT = new ExecutionAttribute<>("attache.object-read");

    /** {@code true} on such a call when another is made, that counts, after S3 has answered it with 5xx. */
    public static final ExecutionAttribute<Boolean> COMPARED = new ExecutionAttribute<>("attache.object-read-compared");

    private ObjectReads() {}

    /**
     * @param refused whether it was refused in a way that can be about an object: no permission, or none to use its KMS
     *     key
     */
    public static boolean mayBeOfObject(ExecutionAttributes call, boolean refused) {
        return refused && Boolean.TRUE.equals(call.getAttribute(OF_OBJECT));
    }

    /** @param failed whether S3 answered with 5xx */
    public static boolean isCompared(ExecutionAttributes call, boolean failed) {
        return failed && Boolean.TRUE.equals(call.getAttribute(COMPARED));
    }
}
