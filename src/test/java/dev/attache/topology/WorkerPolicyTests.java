package dev.attache.topology;

import static dev.attache.topology.IamPolicy.OBJECTS;
import static dev.attache.topology.IamPolicy.QUEUES;
import static dev.attache.topology.IamPolicy.RECEIVE;
import static dev.attache.topology.IamPolicy.SEND;
import static dev.attache.topology.IamPolicy.TOPICS;
import static dev.attache.topology.IamPolicy.allow;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * {@code infra/iam-policy.json} gives the worker the permissions that it needs on each queue and topic, and no others.
 */
class WorkerPolicyTests {

    private static final Set<String> WATCH = Set.of("sqs:GetQueueUrl", "sqs:GetQueueAttributes");

    private final Topology topology = Topology.definition();

    private final IamPolicy policy = IamPolicy.read("iam-policy.json");

    @Test
    void queuesThatAreReadAllowReceivingOnlyDeadLetterQueuesAndOutputsSendingAndUndeliveredOnesTheirDepth() {
        Map<String, Set<String>> expected = new TreeMap<>();
        topology.queues().forEach((name, queue) -> {
            allow(expected, name, RECEIVE);
            allow(expected, Topology.deadLetters(name), SEND);
            if (!queue.outputs().isEmpty()) {
                allow(expected, name, SEND);
            }
        });
        topology.undeliveredQueues().forEach(name -> allow(expected, name, WATCH));

        assertThat(policy.actions(QUEUES)).isEqualTo(expected);
    }

    @Test
    void everyTopicAllowsPublishing() {
        Map<String, Set<String>> expected = new TreeMap<>();
        topology.topics().keySet().forEach(name -> allow(expected, name, Set.of("sns:Publish")));

        assertThat(policy.actions(TOPICS)).isEqualTo(expected);
    }

    @Test
    void objectsThatTheBucketNotifiesOfCanBeRead() {
        assertThat(topology.bucket().notifications())
                .allSatisfy(notification -> assertThat(policy.actions(OBJECTS))
                        .hasEntrySatisfying(
                                notification.prefix() + "*",
                                allowed -> assertThat(allowed).contains("s3:GetObject")));
    }

    /** Starting, sending and completing in parts is {@code s3:PutObject} ("Multipart upload API and permissions"). */
    @Test
    void uploadsCanBeSentInPartsResumedAndAborted() {
        assertThat(policy.actions(OBJECTS))
                .hasEntrySatisfying(
                        "uploads/*",
                        allowed -> assertThat(allowed)
                                .contains("s3:PutObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"));
    }
}
