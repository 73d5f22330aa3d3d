package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code infra/setup.sh} creates what {@code infra/topology.yaml} defines, and nothing else. */
class SetupScriptTopologyIT extends ScriptTestBase {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String QUEUE_ARN = "arn:aws:sqs:eu-central-1:111122223333:";

    private final Topology topology = Topology.definition();

    @Test
    void queuesHaveTheSettingsOfTheDefinition() {
        begin();

        assertThat(names("queues")).containsExactlyInAnyOrderElementsOf(topology.allQueues());
        for (String queue : topology.allQueues()) {
            boolean read = topology.queues().containsKey(queue);
            var settings = read ? topology.queueSettings() : topology.deadLetterQueueSettings();
            assertThat(attribute(queue, "MessageRetentionPeriod"))
                    .isEqualTo(String.valueOf(settings.messageRetentionPeriod()));
            assertThat(attribute(queue, "MaximumMessageSize")).isEqualTo(String.valueOf(settings.maximumMessageSize()));
            assertThat(attribute(queue, "SqsManagedSseEnabled")).isEqualTo(String.valueOf(settings.sqsManagedSse()));
            assertThat(exists("queues/" + queue + "/RedrivePolicy")).isEqualTo(read);
            if (read) {
                assertThat(attribute(queue, "VisibilityTimeout"))
                        .isEqualTo(String.valueOf(settings.visibility().toSeconds()));
                assertThat(attribute(queue, "ReceiveMessageWaitTimeSeconds"))
                        .isEqualTo(String.valueOf(settings.receiveMessageWaitTimeSeconds()));
                assertThat(attribute(queue, "RedrivePolicy"))
                        .isEqualTo("{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
                                .formatted(QUEUE_ARN + Topology.deadLetters(queue), settings.receives()));
                assertThat(attribute(Topology.deadLetters(queue), "RedriveAllowPolicy"))
                        .isEqualTo("{\"redrivePermission\":\"%s\",\"sourceQueueArns\":[\"%s\"]}"
                                .formatted(topology.deadLetterQueueSettings().redrivePermission(), QUEUE_ARN + queue));
            }
        }
    }

    @Test
    void everyQueueEveryTopicAndTheBucketRefuseRequestsWithoutTls() {
        begin();

        for (String queue : topology.allQueues()) {
            assertThat(denial(attribute(queue, "Policy"))).isEqualTo(withoutTls("sqs:*", QUEUE_ARN + queue));
        }
        for (String topic : topology.topics().keySet()) {
            assertThat(denial(read("topics/" + topic + "/Policy")))
                    .isEqualTo(withoutTls("sns:Publish", "arn:aws:sns:eu-central-1:111122223333:" + topic));
        }
        assertThat(denial(read("bucket/policy")))
                .isEqualTo(withoutTls("s3:*", List.of("arn:aws:s3:::attache", "arn:aws:s3:::attache/*")));
    }

    @Test
    void topicsHaveTheSubscriptionsOfTheDefinition() {
        begin();

        assertThat(names("topics"))
                .containsExactlyInAnyOrderElementsOf(topology.topics().keySet());
        assertThat(names("subscriptions"))
                .containsExactlyInAnyOrderElementsOf(topology.subscriptions()
                        .map(Topology.Subscription::queue)
                        .toList());
        topology.topics()
                .forEach((name, topic) -> topic.subscriptions().forEach(subscription -> {
                    String folder = "subscriptions/" + subscription.queue() + "/";
                    String undelivered = QUEUE_ARN + subscription.undelivered();
                    assertThat(read(folder + "FilterPolicy"))
                            .isEqualTo(JSON.writeValueAsString(subscription.filterPolicy()));
                    assertThat(read(folder + "RawMessageDelivery"))
                            .isEqualTo(String.valueOf(subscription.rawMessageDelivery()));
                    assertThat(read(folder + "RedrivePolicy"))
                            .isEqualTo("{\"deadLetterTargetArn\":\"%s\"}".formatted(undelivered));
                }));
    }

    @Test
    void onlyTopicsAndTheBucketMaySendToTheirQueues() {
        begin();

        Map<String, String> senders = Stream.concat(
                        topology.topics().entrySet().stream()
                                .flatMap(topic -> topic.getValue().subscriptions().stream()
                                        .flatMap(it -> Stream.of(it.queue(), it.undelivered()))
                                        .distinct()
                                        .map(queue -> Map.entry(
                                                queue, "arn:aws:sns:eu-central-1:111122223333:" + topic.getKey()))),
                        topology.bucket().notifications().stream()
                                .map(it -> Map.entry(it.queue(), "arn:aws:s3:::attache")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        for (String queue : topology.allQueues()) {
            List<JsonNode> permissions = statements(attribute(queue, "Policy"), "Allow");
            assertThat(permissions).as(queue).hasSize(senders.containsKey(queue) ? 1 : 0);
            for (JsonNode statement : permissions) {
                String source = senders.get(queue);
                assertThat(statement.path("Action").stringValue()).isEqualTo("sqs:SendMessage");
                assertThat(statement.path("Resource").stringValue()).isEqualTo(QUEUE_ARN + queue);
                assertThat(statement.at("/Condition/ArnEquals/aws:SourceArn").stringValue())
                        .isEqualTo(source);
                String operator = source.startsWith("arn:aws:s3:") ? "StringEquals" : "StringEqualsIfExists";
                assertThat(statement
                                .at("/Condition/" + operator + "/aws:SourceAccount")
                                .stringValue())
                        .isEqualTo("111122223333");
            }
        }
    }

    @Test
    void theBucketHasTheRulesAndNotificationsOfTheDefinition() {
        begin();
        Topology.Bucket bucket = topology.bucket();

        String block = bucket.blockPublicAccess() ? "True" : "False";
        assertThat(read("bucket/access").strip().split("\t")).hasSize(4).containsOnly(block);
        assertThat(read("bucket/ownership").strip()).isEqualTo(bucket.objectOwnership());
        assertThat(read("bucket/encryption").strip().split("\t")).startsWith(bucket.encryption());
        assertThat(read("bucket/versioning").strip()).isEqualTo(bucket.versioning());
        assertThat(read("bucket/notifications").lines())
                .containsExactlyElementsOf(bucket.notifications().stream()
                        .map(it -> "%s\t%s\tPrefix=%s"
                                .formatted(QUEUE_ARN + it.queue(), String.join(" ", it.events()), it.prefix()))
                        .toList());
        assertThat(read("bucket/cors").strip().split("\t"))
                .containsExactly(
                        bucket.cors().id(),
                        "https://attache.example.com",
                        String.join(" ", bucket.cors().allowedMethods()),
                        String.join(" ", bucket.cors().allowedHeaders()));
        assertThat(read("bucket/cors-more").strip().split("\t"))
                .containsExactly(
                        String.join(" ", bucket.cors().exposeHeaders()),
                        String.valueOf(bucket.cors().maxAge()));
        assertThat(read("bucket/lifecycle").lines())
                .containsExactlyInAnyOrderElementsOf(bucket.lifecycle().stream()
                        .map(SetupScriptTopologyIT::line)
                        .toList());
    }

    private static String line(Topology.LifecycleRule rule) {
        return Stream.of(
                        rule.id(),
                        "Enabled",
                        "/" + rule.prefix(),
                        orNone(rule.expirationDays()),
                        orNone(rule.noncurrentVersionExpirationDays()),
                        orNone(rule.abortIncompleteMultipartUploadDays()),
                        "None",
                        "None",
                        Boolean.TRUE.equals(rule.expiredObjectDeleteMarker()) ? "True" : "None")
                .collect(Collectors.joining("\t"));
    }

    private static JsonNode denial(String policy) {
        List<JsonNode> denials = statements(policy, "Deny");
        assertThat(denials).hasSize(1);
        return denials.getFirst();
    }

    private static List<JsonNode> statements(String policy, String effect) {
        return JSON.readTree(policy)
                .path("Statement")
                .valueStream()
                .filter(statement -> effect.equals(statement.path("Effect").stringValue()))
                .toList();
    }

    private static JsonNode withoutTls(String action, Object resource) {
        return JSON.valueToTree(Map.of(
                "Sid",
                "attache-tls",
                "Effect",
                "Deny",
                "Principal",
                "*",
                "Action",
                action,
                "Resource",
                resource,
                "Condition",
                Map.of("Bool", Map.of("aws:SecureTransport", "false"))));
    }

    private static String orNone(@Nullable Integer days) {
        return days == null ? "None" : days.toString();
    }

    private String attribute(String queue, String name) {
        return read("queues/" + queue + "/" + name);
    }
}
