package dev.attache.permissions;

import dev.attache.topology.Topology;

/**
 * What kind of resource an ARN names. There are two kinds of queues: those that the worker receives from, and those
 * that keep what failed. No test has to use each queue of a kind in each way; {@link PoliciesTests} compares their
 * names with {@code infra/topology.yaml}.
 */
final class ResourceKind {

    private ResourceKind() {}

    /** The ARN, with the kind of the queue instead of its name. */
    static String of(String arn) {
        String queues = Sample.queue("");
        return arn.startsWith(queues) ? queues + kind(arn.substring(queues.length())) : arn;
    }

    private static String kind(String queue) {
        if (Topology.queueNames().contains(queue)) {
            return "<a queue>";
        }
        return Topology.definition().allQueues().contains(queue) ? "<a dead-letter queue>" : queue;
    }

    /**
     * Whether a call concerns the installation: tests with settings of their own name other queues and buckets, too.
     */
    static boolean isOfInstallation(String arn) {
        if (arn.startsWith(Sample.queue(""))) {
            return Topology.definition()
                    .allQueues()
                    .contains(arn.substring(Sample.queue("").length()));
        }
        return !arn.startsWith("arn:aws:s3:::") || arn.equals(Sample.BUCKET) || arn.startsWith(Sample.object(""));
    }
}
