package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        begin();

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
        begin();

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
        begin();

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
        assertThat(writes()).isEmpty();
    }

    @Test
    void twoRunsAtTheSameTimeCreateWhatOneCreates() throws Exception {
        Process first = start(Map.of());
        Process second = start(Map.of());

        assertReady(end(first));
        assertReady(end(second));
        remove("writes");
        assertReady(setup());
        assertThat(writes()).isEmpty();
    }

    /** After a queue, a topic, a subscription, and in the middle of the bucket's settings. */
    @ParameterizedTest
    @ValueSource(ints = {1, 9, 15, 17, 22})
    void aRunAfterOneThatWasKilledCreatesWhatOneRunCreates(int writes) {
        write("kill-after", writes + "\n");
        Run killed = setup();
        assertThat(killed.exitCode()).isEqualTo(137);
        assertThat(writes()).hasSize(writes);
        remove("kill-after");
        assertReady(setup());
        SortedMap<String, String> result = snapshot();

        remove("writes");
        assertReady(setup("--reset"));

        assertThat(writes()).isEmpty();
        assertThat(result).isEqualTo(snapshot()).containsKeys("bucket/policy", "bucket/versioning");
    }

    @Test
    void aChangeThatS3RefusesBecauseOfAnotherRunIsRepeated() {
        write("busy", "put-bucket-lifecycle-configuration\n");

        assertReady(setup());

        assertThat(read("bucket/lifecycle")).contains("attache-ledger");
    }

    @ParameterizedTest
    @CsvSource({
        "s3api get-public-access-block,               s3:GetBucketPublicAccessBlock",
        "s3api get-bucket-cors,                       s3:GetBucketCORS",
        "s3api get-bucket-lifecycle-configuration,    s3:GetLifecycleConfiguration",
        "s3api get-bucket-notification-configuration, s3:GetBucketNotification",
        "s3api get-bucket-location,                   s3:GetBucketLocation",
        "s3api get-bucket-policy,                     s3:GetBucketPolicy",
        "s3api get-bucket-encryption,                 s3:GetEncryptionConfiguration",
        "s3api get-bucket-ownership-controls,         s3:GetBucketOwnershipControls",
        "s3api get-bucket-versioning,                 s3:GetBucketVersioning",
        "s3api head-bucket,                           s3:ListBucket",
        "sqs get-queue-url,                           sqs:GetQueueUrl",
        "sqs get-queue-attributes,                    sqs:GetQueueAttributes",
        "sns get-topic-attributes,                    sns:GetTopicAttributes",
        "sns list-subscriptions-by-topic,             sns:ListSubscriptionsByTopic",
        "sns get-subscription-attributes,             sns:GetSubscriptionAttributes"
    })
    void aSettingThatCannotBeReadIsNotOverwritten(String call, String permission) {
        begin();
        remove("writes");
        write("bucket/notifications", "arn:aws:lambda:eu-central-1:111122223333:function:scan\ts3:ObjectCreated:*\t\n");
        write(
                "bucket/notifications",
                read("bucket/notifications") + OBJECTS_CREATED + "\ts3:ObjectCreated:*\tPrefix=uploads/\n");
        write("denied", call + "\n");

        Run denied = setup();

        assertThat(denied.exitCode()).isEqualTo(1);
        assertThat(denied.output()).contains(permission);
        assertThat(writes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "s3api create-bucket,                         s3:CreateBucket",
        "s3api put-public-access-block,               s3:PutBucketPublicAccessBlock",
        "s3api put-bucket-ownership-controls,         s3:PutBucketOwnershipControls",
        "s3api put-bucket-policy,                     s3:PutBucketPolicy",
        "s3api put-bucket-encryption,                 s3:PutEncryptionConfiguration",
        "s3api put-bucket-versioning,                 s3:PutBucketVersioning",
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
        "sqs set-queue-attributes,        queues/email-deliveries/RedrivePolicy,          sqs:SetQueueAttributes",
        "sqs set-queue-attributes,        queues/email-deliveries-dlq/RedriveAllowPolicy, sqs:SetQueueAttributes",
        "sqs set-queue-attributes,        queues/email-deliveries/SqsManagedSseEnabled,   sqs:SetQueueAttributes",
        "sqs set-queue-attributes,        queues/email-deliveries-dlq/Policy,             sqs:SetQueueAttributes",
        "sns set-topic-attributes,        topics/deliveries/Policy,                       sns:SetTopicAttributes",
        "sns set-subscription-attributes, subscriptions/email-deliveries/RedrivePolicy,   sns:SetSubscriptionAttributes"
    })
    void aMissingSettingIsAddedAndAMissingPermissionIsNamed(String call, String setting, String permission) {
        begin();
        String value = read(setting);
        remove(setting);
        write("denied", call + "\n");

        Run denied = setup();
        assertThat(denied.exitCode()).isEqualTo(1);
        assertThat(denied.output()).contains("the permission " + permission + " is missing");

        remove("denied");
        assertReady(setup());
        assertThat(read(setting)).isEqualTo(value);
    }

    @Test
    void unknownOptionsAreRejected() {
        assertThat(setup("--force").output()).contains("'--force' is not known");
    }

    @Test
    void theReadmeNamesThePermissionOfEveryCall() throws IOException {
        String readme = Files.readString(Path.of("infra/README.md"));
        assertReady(setup());
        remove("topics/deliveries/Policy");
        remove("subscriptions/email-deliveries/RedrivePolicy");
        remove("queues/email-deliveries/Policy");
        assertReady(setup());

        assertThat(read("calls").lines().distinct())
                .filteredOn(call -> !call.equals("sts get-caller-identity"))
                .hasSizeGreaterThan(25)
                .allSatisfy(call -> assertThat(readme).contains('`' + permission(call) + '`'));
    }

    /** The IAM action of {@code <service> <operation>} (Service Authorization Reference, "Actions for Amazon S3"). */
    private static String permission(String call) {
        String operation = call.substring(call.indexOf(' ') + 1);
        return switch (operation) {
            case "head-bucket" -> "s3:ListBucket";
            case "get-bucket-cors" -> "s3:GetBucketCORS";
            case "put-bucket-cors" -> "s3:PutBucketCORS";
            case "get-public-access-block" -> "s3:GetBucketPublicAccessBlock";
            case "put-public-access-block" -> "s3:PutBucketPublicAccessBlock";
            case "get-bucket-encryption" -> "s3:GetEncryptionConfiguration";
            case "put-bucket-encryption" -> "s3:PutEncryptionConfiguration";
            case "get-bucket-lifecycle-configuration" -> "s3:GetLifecycleConfiguration";
            case "put-bucket-lifecycle-configuration" -> "s3:PutLifecycleConfiguration";
            case "get-bucket-notification-configuration" -> "s3:GetBucketNotification";
            case "put-bucket-notification-configuration" -> "s3:PutBucketNotification";
            default ->
                call.substring(0, 3).replace("s3a", "s3")
                        + ':'
                        + Stream.of(operation.split("-"))
                                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                                .collect(Collectors.joining());
        };
    }
}
