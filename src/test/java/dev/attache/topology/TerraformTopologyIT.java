package dev.attache.topology;

import static dev.attache.topology.TerraformPlan.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.testing.RequiresTerraform;
import dev.attache.testing.Terraform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plan of {@code infra/terraform} creates what {@code infra/topology.yaml} defines, and nothing else. */
@RequiresTerraform
class TerraformTopologyIT {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String QUEUE_ARN = "arn:aws:sqs:eu-central-1:" + ACCOUNT + ":";

    @TempDir
    private static Path folder;

    private static TerraformPlan plan;

    private final Topology topology = Topology.definition();

    @BeforeAll
    static void makeThePlan() throws IOException {
        plan = TerraformPlan.of(folder);
    }

    @Test
    void queuesHaveTheSettingsOfTheDefinition() {
        Map<String, JsonNode> queues = plan.byName("aws_sqs_queue");

        assertThat(queues.keySet()).containsExactlyInAnyOrderElementsOf(topology.allQueues());
        queues.forEach((name, queue) -> {
            boolean read = topology.queues().containsKey(name);
            var settings = read ? topology.queueSettings() : topology.deadLetterQueueSettings();
            assertThat(queue.path("message_retention_seconds").intValue()).isEqualTo(settings.messageRetentionPeriod());
            assertThat(queue.path("sqs_managed_sse_enabled").booleanValue()).isEqualTo(settings.sqsManagedSse());
            if (read) {
                assertThat(queue.path("max_message_size").intValue()).isEqualTo(settings.maximumMessageSize());
                assertThat(queue.path("visibility_timeout_seconds").longValue())
                        .isEqualTo(settings.visibility().toSeconds());
                JsonNode redrive = JSON.readTree(queue.path("redrive_policy").stringValue());
                assertThat(redrive.path("deadLetterTargetArn").stringValue())
                        .isEqualTo(QUEUE_ARN + Topology.deadLetters(name));
                assertThat(redrive.path("maxReceiveCount").intValue()).isEqualTo(settings.receives());
            } else {
                assertThat(queue.path("redrive_policy").isString()).isFalse();
            }
        });
    }

    @Test
    void deadLetterQueuesTakeMessagesOfTheirQueueOnly() {
        Map<String, JsonNode> queues = plan.byName("aws_sqs_queue");

        topology.queues().keySet().forEach(name -> {
            JsonNode allowed = JSON.readTree(queues.get(Topology.deadLetters(name))
                    .path("redrive_allow_policy")
                    .stringValue());
            assertThat(allowed.path("redrivePermission").stringValue())
                    .isEqualTo(topology.deadLetterQueueSettings().redrivePermission());
            assertThat(texts(allowed.path("sourceQueueArns"))).containsExactly(QUEUE_ARN + name);
        });
    }

    /** Version 5 of the provider does not accept the size in a plan, so the example sets another. */
    @Test
    void deadLetterQueuesHaveTheSizeOfTheDefinitionByDefault() {
        var module = new Terraform(folder.resolve("terraform"));
        module.init();

        assertThat(module.evaluate(
                        "local.dead_letter_size",
                        "-var=bucket_name=attache",
                        "-var=pages_url=https://attache.example.com",
                        "-var=mail={from=\"files@example.com\"}"))
                .isEqualTo(String.valueOf(topology.deadLetterQueueSettings().maximumMessageSize()));
    }

    @Test
    void topicsHaveTheSubscriptionsOfTheDefinition() {
        assertThat(plan.byName("aws_sns_topic").keySet())
                .isEqualTo(topology.topics().keySet());
        Map<String, JsonNode> subscriptions = plan.resources("aws_sns_topic_subscription");
        assertThat(subscriptions).hasSize((int) topology.subscriptions().count());
        topology.subscriptions().forEach(subscription -> {
            JsonNode planned = subscriptions.get(
                    "module.attache.aws_sns_topic_subscription.this[\"" + subscription.queue() + "\"]");
            assertThat(planned.path("filter_policy").stringValue())
                    .isEqualTo(JSON.writeValueAsString(subscription.filterPolicy()));
            assertThat(planned.path("raw_message_delivery").booleanValue())
                    .isEqualTo(subscription.rawMessageDelivery());
            assertThat(planned.path("redrive_policy").stringValue())
                    .isEqualTo(JSON.writeValueAsString(
                            Map.of("deadLetterTargetArn", QUEUE_ARN + subscription.undelivered())));
        });
    }

    @Test
    void theBucketHasTheSettingsOfTheDefinition() {
        Topology.Bucket bucket = topology.bucket();

        assertThat(plan.resource("aws_s3_bucket_versioning")
                        .at("/versioning_configuration/0/status")
                        .stringValue())
                .isEqualTo(bucket.versioning());
        assertThat(plan.resource("aws_s3_bucket_ownership_controls")
                        .at("/rule/0/object_ownership")
                        .stringValue())
                .isEqualTo(bucket.objectOwnership());
        assertThat(plan.resource("aws_s3_bucket_server_side_encryption_configuration")
                        .at("/rule/0/apply_server_side_encryption_by_default/0/sse_algorithm")
                        .stringValue())
                .isEqualTo(bucket.encryption());
        JsonNode access = plan.resource("aws_s3_bucket_public_access_block");
        assertThat(Stream.of(
                        "block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets"))
                .allSatisfy(setting ->
                        assertThat(access.path(setting).booleanValue()).isEqualTo(bucket.blockPublicAccess()));
    }

    @Test
    void theBucketHasTheRulesAndNotificationsOfTheDefinition() {
        Topology.Bucket bucket = topology.bucket();

        assertThat(plan.resource("aws_s3_bucket_lifecycle_configuration")
                        .path("rule")
                        .valueStream())
                .extracting(TerraformTopologyIT::line)
                .containsExactlyInAnyOrderElementsOf(bucket.lifecycle().stream()
                        .map(TerraformTopologyIT::line)
                        .toList());
        JsonNode cors = plan.resource("aws_s3_bucket_cors_configuration").at("/cors_rule/0");
        assertThat(cors.path("id").stringValue()).isEqualTo(bucket.cors().id());
        assertThat(texts(cors.path("allowed_origins"))).containsExactly("https://attache.example.com");
        assertThat(texts(cors.path("allowed_methods")))
                .containsExactlyInAnyOrderElementsOf(bucket.cors().allowedMethods());
        assertThat(texts(cors.path("allowed_headers")))
                .containsExactlyInAnyOrderElementsOf(bucket.cors().allowedHeaders());
        assertThat(texts(cors.path("expose_headers")))
                .containsExactlyInAnyOrderElementsOf(bucket.cors().exposeHeaders());
        assertThat(cors.path("max_age_seconds").intValue())
                .isEqualTo(bucket.cors().maxAge());
        assertThat(plan.resource("aws_s3_bucket_notification").path("queue").valueStream())
                .extracting(queue -> queue.path("id").stringValue()
                        + queue.path("events")
                                .valueStream()
                                .map(JsonNode::stringValue)
                                .toList()
                        + queue.path("filter_prefix").stringValue())
                .containsExactlyElementsOf(bucket.notifications().stream()
                        .map(it -> "attache-" + it.queue() + it.events() + it.prefix())
                        .toList());
    }

    @Test
    void onlyTopicsAndTheBucketMaySendToTheirQueuesAndOnlyWithTls() {
        Map<String, List<String>> senders = Stream.concat(
                        topology.topics().entrySet().stream()
                                .flatMap(topic -> topic.getValue().subscriptions().stream()
                                        .flatMap(it -> Stream.of(it.queue(), it.undelivered()))
                                        .distinct()
                                        .map(queue -> Map.entry(
                                                queue, "arn:aws:sns:eu-central-1:" + ACCOUNT + ":" + topic.getKey()))),
                        topology.bucket().notifications().stream()
                                .map(it -> Map.entry(it.queue(), "arn:aws:s3:::attache")))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));

        plan.byName("aws_sqs_queue").forEach((name, queue) -> {
            List<JsonNode> statements = JSON.readTree(queue.path("policy").stringValue())
                    .path("Statement")
                    .valueStream()
                    .toList();
            assertThat(statements
                            .getFirst()
                            .at("/Condition/Bool/aws:SecureTransport")
                            .stringValue())
                    .isEqualTo("false");
            assertThat(statements.stream().skip(1))
                    .as(name)
                    .extracting(
                            it -> it.at("/Condition/ArnEquals/aws:SourceArn").stringValue())
                    .containsExactlyElementsOf(senders.getOrDefault(name, List.of()));
        });
    }

    private static String line(Topology.LifecycleRule rule) {
        return String.join(
                " ",
                rule.id(),
                rule.prefix(),
                text(rule.expirationDays()),
                text(rule.noncurrentVersionExpirationDays()),
                text(rule.abortIncompleteMultipartUploadDays()),
                text(rule.expiredObjectDeleteMarker()));
    }

    /** A rule of a plan. Settings that a rule does not have are missing, null, zero or false there. */
    private static String line(JsonNode rule) {
        return String.join(
                " ",
                rule.path("id").stringValue(),
                rule.at("/filter/0/prefix").stringValue(),
                text(rule.at("/expiration/0/days")),
                text(rule.at("/noncurrent_version_expiration/0/noncurrent_days")),
                text(rule.at("/abort_incomplete_multipart_upload/0/days_after_initiation")),
                text(rule.at("/expiration/0/expired_object_delete_marker")));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }

    private static String text(JsonNode value) {
        return value.isNumber() && value.intValue() > 0 || value.isBoolean() && value.booleanValue()
                ? value.toString()
                : "-";
    }

    private static Stream<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue);
    }
}
