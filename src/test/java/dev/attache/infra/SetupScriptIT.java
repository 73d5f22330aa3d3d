package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code infra/setup.sh} in an empty account, run again, and with a permission missing. */
class SetupScriptIT extends ScriptTestBase {

    private static final List<String> WORKERS_QUEUES = List.of(
            "attachment-requests",
            "purchases-completed",
            "request-parts",
            "objects-created",
            "email-deliveries",
            "newsletter-deliveries");

    @Test
    void aDeadLetterQueueAcceptsLargerMessagesAndKeepsThemLongerThanItsQueue() {
        assertReady(setup());

        for (String queue : WORKERS_QUEUES) {
            assertThat(read("queues/" + queue + "/MaximumMessageSize")).isEqualTo("262144");
            assertThat(read("queues/" + queue + "/MessageRetentionPeriod")).isEqualTo("345600");
            assertThat(read("queues/" + queue + "/VisibilityTimeout")).isEqualTo("60");
            assertThat(read("queues/" + queue + "/RedrivePolicy")).contains(queue + "-dlq", "\"maxReceiveCount\":10");
            assertThat(read("queues/" + queue + "-dlq/MaximumMessageSize")).isEqualTo("1048576");
            assertThat(read("queues/" + queue + "-dlq/MessageRetentionPeriod")).isEqualTo("1209600");
        }
    }

    @Test
    void messagesThatATopicCannotDeliverGoToAQueueOfTheirOwn() {
        assertReady(setup());

        for (String queue : List.of("email-deliveries", "newsletter-deliveries")) {
            assertThat(read("subscriptions/" + queue + "/RedrivePolicy"))
                    .isEqualTo(
                            "{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-central-1:111122223333:deliveries-undelivered\"}");
        }
        assertThat(read("queues/deliveries-undelivered/Policy"))
                .contains("\"sns.amazonaws.com\"", "\"arn:aws:sns:eu-central-1:111122223333:deliveries\"");
        assertThat(read("queues/deliveries-undelivered/MessageRetentionPeriod")).isEqualTo("1209600");
    }

    @Test
    void browsersMaySendTheHeadersThatUploadsAreSignedWith() {
        assertReady(setup());

        assertThat(read("bucket/cors"))
                .contains("https://attache.example.com\t")
                .contains(
                        "x-amz-meta-file-name",
                        "x-amz-meta-file-id",
                        "x-amz-server-side-encryption ",
                        "x-amz-server-side-encryption-aws-kms-key-id");
    }

    @Test
    void aSecondRunChangesNothing() {
        assertReady(setup());
        remove("writes");

        Run second = setup();

        assertReady(second);
        assertThat(second.output()).doesNotContain("; kept");
        // To create a topic that exists changes nothing.
        assertThat(writes()).containsExactly("sns create-topic deliveries", "sns create-topic attachment-events");
    }

    @Test
    void twoRunsAtTheSameTimeCreateWhatOneCreates() throws Exception {
        Process first = start(Map.of());
        Process second = start(Map.of());

        assertReady(end(first));
        assertReady(end(second));
        remove("writes");
        assertReady(setup());
        assertThat(writes()).noneMatch(write -> !write.startsWith("sns create-topic"));
    }

    @ParameterizedTest
    @CsvSource({
        "s3api get-public-access-block,               s3:GetBucketPublicAccessBlock",
        "s3api get-bucket-cors,                       s3:GetBucketCORS",
        "s3api get-bucket-lifecycle-configuration,    s3:GetLifecycleConfiguration",
        "s3api get-bucket-notification-configuration, s3:GetBucketNotification",
        "s3api get-bucket-location,                   s3:GetBucketLocation",
        "s3api head-bucket,                           s3:ListBucket",
        "sqs get-queue-url,                           sqs:GetQueueUrl",
        "sqs get-queue-attributes,                    sqs:GetQueueAttributes",
        "sns list-subscriptions-by-topic,             sns:ListSubscriptionsByTopic",
        "sns get-subscription-attributes,             sns:GetSubscriptionAttributes"
    })
    void aSettingThatCannotBeReadIsNotOverwritten(String call, String permission) {
        assertReady(setup());
        remove("writes");
        write("bucket/notifications", "arn:aws:lambda:eu-central-1:111122223333:function:scan\ts3:ObjectCreated:*\t\n");
        write(
                "bucket/notifications",
                read("bucket/notifications") + OBJECTS_CREATED + "\ts3:ObjectCreated:*\tPrefix=uploads/\n");
        write("denied", call + "\n");

        Run denied = setup();

        assertThat(denied.exitCode()).isEqualTo(1);
        assertThat(denied.output()).contains(permission);
        assertThat(writes()).noneMatch(write -> !write.startsWith("sns create-topic"));
    }

    @ParameterizedTest
    @CsvSource({
        "s3api create-bucket,                         s3:CreateBucket",
        "s3api put-public-access-block,               s3:PutBucketPublicAccessBlock",
        "s3api put-bucket-cors,                       s3:PutBucketCORS",
        "s3api put-bucket-lifecycle-configuration,    s3:PutLifecycleConfiguration",
        "s3api put-bucket-notification-configuration, s3:PutBucketNotification",
        "sqs create-queue,                            sqs:CreateQueue",
        "sns create-topic,                            sns:CreateTopic",
        "sns subscribe,                               sns:Subscribe"
    })
    void aRunWithoutAPermissionNamesItAndTheNextRunContinues(String call, String permission) {
        write("denied", call + "\n");

        Run denied = setup();
        assertThat(denied.exitCode()).isEqualTo(1);
        assertThat(denied.output()).contains("the permission " + permission + " is missing");

        remove("denied");
        assertReady(setup());
        assertThat(read("bucket/notifications")).contains("Prefix=uploads/");
    }

    @ParameterizedTest
    @CsvSource({
        "sqs set-queue-attributes,        queues/email-deliveries/RedrivePolicy,        sqs:SetQueueAttributes",
        "sns set-subscription-attributes, subscriptions/email-deliveries/RedrivePolicy, sns:SetSubscriptionAttributes"
    })
    void aMissingSettingIsAddedAndAMissingPermissionIsNamed(String call, String setting, String permission) {
        assertReady(setup());
        remove(setting);
        write("denied", call + "\n");

        Run denied = setup();
        assertThat(denied.exitCode()).isEqualTo(1);
        assertThat(denied.output()).contains("the permission " + permission + " is missing");

        remove("denied");
        assertReady(setup());
        assertThat(read(setting)).contains("deadLetterTargetArn");
    }

    @Test
    void unknownOptionsAreRejected() {
        assertThat(setup("--force").output()).contains("'--force' is not known");
    }

    @Test
    void theReadmeNamesEveryPermission() throws IOException {
        String readme = Files.readString(Path.of("infra/README.md"));

        assertThat(Stream.of(
                        "s3:CreateBucket",
                        "s3:ListBucket",
                        "s3:GetBucketLocation",
                        "s3:GetBucketPublicAccessBlock",
                        "s3:PutBucketPublicAccessBlock",
                        "s3:GetBucketCORS",
                        "s3:PutBucketCORS",
                        "s3:GetLifecycleConfiguration",
                        "s3:PutLifecycleConfiguration",
                        "s3:GetBucketNotification",
                        "s3:PutBucketNotification",
                        "sqs:GetQueueUrl",
                        "sqs:CreateQueue",
                        "sqs:GetQueueAttributes",
                        "sqs:SetQueueAttributes",
                        "sns:CreateTopic",
                        "sns:Subscribe",
                        "sns:ListSubscriptionsByTopic",
                        "sns:GetSubscriptionAttributes",
                        "sns:SetSubscriptionAttributes"))
                .allMatch(permission -> readme.contains('`' + permission + '`'));
    }
}
