package dev.attache.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code infra/iam-policy.json} gives the worker the permissions that it needs on each queue and topic, and no others.
 */
class WorkerPolicyTests {

    private static final Set<String> RECEIVE = Set.of(
            "sqs:GetQueueUrl",
            "sqs:GetQueueAttributes",
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:ChangeMessageVisibility");

    private static final Set<String> SEND = Set.of("sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:SendMessage");

    private final Topology topology = Topology.definition();

    private final JsonNode policy =
            new JsonMapper().readTree(Path.of("infra", "iam-policy.json").toFile());

    @Test
    void queuesThatAreReadAllowReceivingAndOnlyDeadLetterQueuesAndOutputsAllowSending() {
        Map<String, Set<String>> expected = new TreeMap<>();
        topology.queues().forEach((name, queue) -> {
            allow(expected, name, RECEIVE);
            allow(expected, Topology.deadLetters(name), SEND);
            if (!queue.outputs().isEmpty()) {
                allow(expected, name, SEND);
            }
        });

        assertThat(actions("arn:aws:sqs:REGION:ACCOUNT:")).isEqualTo(expected);
    }

    @Test
    void everyTopicAllowsPublishing() {
        Map<String, Set<String>> expected = new TreeMap<>();
        topology.topics().keySet().forEach(name -> allow(expected, name, Set.of("sns:Publish")));

        assertThat(actions("arn:aws:sns:REGION:ACCOUNT:")).isEqualTo(expected);
    }

    @Test
    void objectsThatTheBucketNotifiesOfCanBeRead() {
        assertThat(topology.bucket().notifications())
                .allSatisfy(notification -> assertThat(actions("arn:aws:s3:::BUCKET/"))
                        .hasEntrySatisfying(
                                notification.prefix() + "*",
                                allowed -> assertThat(allowed).contains("s3:GetObject")));
    }

    /** Starting, sending and completing in parts is {@code s3:PutObject} ("Multipart upload API and permissions"). */
    @Test
    void uploadsCanBeSentInPartsResumedAndAborted() {
        assertThat(actions("arn:aws:s3:::BUCKET/"))
                .hasEntrySatisfying(
                        "uploads/*",
                        allowed -> assertThat(allowed)
                                .contains("s3:PutObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"));
    }

    /** The allowed actions by resource, for resources that begin with this; the beginning is left out. */
    private Map<String, Set<String>> actions(String beginning) {
        Map<String, Set<String>> actions = new TreeMap<>();
        for (JsonNode statement : policy.path("Statement")) {
            assertThat(statement.path("Effect").stringValue()).isEqualTo("Allow");
            texts(statement.path("Resource"))
                    .filter(resource -> resource.startsWith(beginning))
                    .forEach(resource -> texts(statement.path("Action"))
                            .forEach(action -> allow(actions, resource.substring(beginning.length()), Set.of(action))));
        }
        return actions;
    }

    private static Stream<String> texts(JsonNode oneOrSeveral) {
        return oneOrSeveral.isArray()
                ? oneOrSeveral.valueStream().map(JsonNode::stringValue)
                : Stream.of(oneOrSeveral.stringValue());
    }

    private static void allow(Map<String, Set<String>> actions, String resource, Set<String> more) {
        actions.computeIfAbsent(resource, any -> new TreeSet<>()).addAll(more);
    }
}
