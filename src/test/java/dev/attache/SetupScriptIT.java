package dev.attache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code infra/setup.sh} with a double of the {@code aws} command first in the path. The double is
 * {@code src/test/resources/setup/aws}; its state is in files, which the tests read and change as operators would.
 */
class SetupScriptIT {

    private static final String OBJECTS_CREATED = "arn:aws:sqs:eu-central-1:111122223333:objects-created";
    private static final String TLS_DENY = """
            {"Sid":"tls","Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*",\
            "Condition":{"Bool":{"aws:SecureTransport":"false"}}}\
            """;
    private static final List<String> WORKERS_QUEUES = List.of("attachment-requests", "purchases-completed",
            "request-parts", "objects-created", "email-deliveries", "newsletter-deliveries");

    @TempDir
    private Path folder;

    private Path state;

    /** What a run of the script printed, errors included, and its exit code. */
    private record Run(int exitCode, String output) {
    }

    @BeforeEach
    void putTheDoubleInThePath() throws IOException {
        state = Files.createDirectory(folder.resolve("state"));
        Path aws = Files.createDirectory(folder.resolve("bin")).resolve("aws");
        Files.copy(Path.of("src/test/resources/setup/aws"), aws, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(aws, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void everyQueueLimitsTheSizeOfMessagesAndItsDeadLetterQueueTakesMoreAndKeepsLonger() {
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
    void whatATopicCannotDeliverGoesToAQueueOfItsOwn() {
        assertReady(setup());

        for (String queue : List.of("email-deliveries", "newsletter-deliveries")) {
            assertThat(read("subscriptions/" + queue + "/RedrivePolicy"))
                    .isEqualTo("{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-central-1:111122223333:deliveries-undelivered\"}");
        }
        assertThat(read("queues/deliveries-undelivered/Policy")).contains("\"sns.amazonaws.com\"",
                "\"arn:aws:sns:eu-central-1:111122223333:deliveries\"");
        assertThat(read("queues/deliveries-undelivered/MessageRetentionPeriod")).isEqualTo("1209600");
    }

    @Test
    void browsersMaySendWhatUploadsAreSignedWith() {
        assertReady(setup());

        assertThat(read("bucket/cors")).contains("https://attache.example.com\t").contains("x-amz-meta-file-name",
                "x-amz-server-side-encryption ", "x-amz-server-side-encryption-aws-kms-key-id");
    }

    @Test
    void aSecondRunChangesNothing() {
        assertReady(setup());
        remove("writes");

        Run second = setup();

        assertReady(second);
        assertThat(second.output()).doesNotContain("left");
        // Creating a topic that exists is how SNS tells its name, and changes nothing.
        assertThat(writes()).containsExactly("sns create-topic deliveries", "sns create-topic attachment-events");
    }

    @Test
    void twoRunsAtOnceMakeWhatOneMakes() throws Exception {
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
    void whatCannotBeReadIsNotTakenForMissing(String call, String permission) {
        assertReady(setup());
        remove("writes");
        write("bucket/notifications", "arn:aws:lambda:eu-central-1:111122223333:function:scan\ts3:ObjectCreated:*\t\n");
        write("bucket/notifications", read("bucket/notifications") + OBJECTS_CREATED + "\ts3:ObjectCreated:*\tPrefix=uploads/\n");
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
    void aRunThatWasDeniedSomethingNamesThePermissionAndTheNextRunGoesOn(String call, String permission) {
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
    void whatIsMissingIsAddedAndADenialOfThatIsNamed(String call, String setting, String permission) {
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
    void settingsThatOperatorsChangedAreLeftAndNamedUnlessResetIsAskedFor() {
        assertReady(setup());
        write("queues/email-deliveries/VisibilityTimeout", "120");
        write("queues/email-deliveries/RedrivePolicy",
                "{\"maxReceiveCount\":5,\"deadLetterTargetArn\":\"arn:aws:sqs:eu-central-1:111122223333:email-deliveries-dlq\"}");
        write("subscriptions/email-deliveries/FilterPolicy", "{\"channel\":[\"email\",\"sms\"]}");

        Run later = setup();

        assertReady(later);
        assertThat(later.output()).contains("VisibilityTimeout of email-deliveries is 120, setup.sh would set 60; left",
                "RedrivePolicy of email-deliveries is", "FilterPolicy of the subscription of email-deliveries is");
        assertThat(read("queues/email-deliveries/VisibilityTimeout")).isEqualTo("120");
        assertThat(read("queues/email-deliveries/RedrivePolicy")).contains("\"maxReceiveCount\":5");
        assertThat(read("subscriptions/email-deliveries/FilterPolicy")).contains("sms");

        assertReady(setup("--reset"));
        assertThat(read("queues/email-deliveries/VisibilityTimeout")).isEqualTo("60");
        assertThat(read("queues/email-deliveries/RedrivePolicy")).contains("\"maxReceiveCount\":10");
        assertThat(read("subscriptions/email-deliveries/FilterPolicy")).isEqualTo("{\"channel\":[\"email\"]}");
    }

    @Test
    void aRedrivePolicyThatSaysTheSameInOtherWordsIsNotNamed() {
        assertReady(setup());
        write("queues/email-deliveries/RedrivePolicy", """
                { "maxReceiveCount" : "10",
                  "deadLetterTargetArn" : "arn:aws:sqs:eu-central-1:111122223333:email-deliveries-dlq" }""");

        assertThat(setup().output()).doesNotContain("left");
    }

    @Test
    void theStatementsOfOthersInAQueuesPolicyStay() {
        assertReady(setup());
        String ours = read("queues/objects-created/Policy");
        String both = ours.replace("\"Statement\":[", "\"Statement\":[" + TLS_DENY + ",");
        write("queues/objects-created/Policy", both);
        assertReady(setup());
        assertReady(setup("--reset"));
        assertThat(read("queues/objects-created/Policy")).isEqualTo(both);

        write("queues/objects-created/Policy", "{\n \"Version\": \"2012-10-17\",\n \"Statement\": [" + TLS_DENY + "]\n}");
        assertReady(setup());
        assertThat(read("queues/objects-created/Policy")).contains(TLS_DENY, "\"s3.amazonaws.com\"", "\"arn:aws:s3:::attache\"");
    }

    @Test
    void aPolicyThatCannotBeAddedToStopsTheScriptWithTheStatementToAdd() {
        assertReady(setup());
        String single = "{\"Version\":\"2012-10-17\",\"Statement\":" + TLS_DENY + "}";
        write("queues/objects-created/Policy", single);

        Run later = setup();

        assertThat(later.exitCode()).isEqualTo(1);
        assertThat(later.output()).contains("policy of queue objects-created", "\"Service\":\"s3.amazonaws.com\"");
        assertThat(read("queues/objects-created/Policy")).isEqualTo(single);
    }

    @Test
    void queuesThatTheWorkerRefusesAreNamedAndTheScriptFails() {
        assertReady(setup());
        write("queues/email-deliveries/MessageRetentionPeriod", "1209600");
        write("queues/request-parts-dlq/MaximumMessageSize", "1024");

        Run later = setup();

        assertThat(later.exitCode()).isEqualTo(1);
        assertThat(later.output()).contains("PROBLEM: email-deliveries-dlq keeps messages for 1209600 s",
                "PROBLEM: request-parts-dlq takes 1024 bytes");
        assertThat(read("queues/email-deliveries/MessageRetentionPeriod")).isEqualTo("1209600");
        assertReady(setup("--reset"));
    }

    @Test
    void notificationsOfOthersStayWhereOursIsThereAndStopTheScriptWhereItIsNot() {
        assertReady(setup());
        String lambda = "arn:aws:lambda:eu-central-1:111122223333:function:scan\ts3:ObjectCreated:*\tPrefix=downloads/\n";
        write("bucket/notifications", read("bucket/notifications") + lambda);
        write("bucket/event-bridge", "");
        assertReady(setup());
        assertThat(read("bucket/notifications")).contains(lambda);

        write("bucket/notifications", lambda);
        remove("writes");
        Run stopped = setup();
        assertThat(stopped.exitCode()).isEqualTo(1);
        assertThat(stopped.output()).contains("function:scan", OBJECTS_CREATED);
        assertThat(writes()).isEmpty();
    }

    @Test
    void aNotificationThatIsAddedLeavesEventBridgeOn() {
        assertReady(setup());
        remove("bucket/notifications");
        write("bucket/event-bridge", "");

        assertReady(setup());

        assertThat(read("bucket/notifications")).contains(OBJECTS_CREATED);
        assertThat(state.resolve("bucket/event-bridge")).exists();
    }

    @Test
    void rulesOfTheBucketThatOperatorsChangedAreLeftAndNamed() {
        assertReady(setup());
        write("bucket/lifecycle", read("bucket/lifecycle").replace("/ledger/\t30", "/ledger/\t60"));
        write("bucket/cors", read("bucket/cors").replace("PUT POST", "PUT"));
        write("bucket/access", "True\tTrue\tFalse\tTrue\n");
        write("bucket/notifications", OBJECTS_CREATED + "\ts3:ObjectCreated:Put\tPrefix=uploads/\n");
        remove("writes");

        Run later = setup();

        assertReady(later);
        assertThat(later.output()).contains("attache-ledger of bucket attache is [Enabled,/ledger/,60,1]",
                "attache-upload-page of bucket attache", "public access block of bucket attache", OBJECTS_CREATED + " of bucket");
        assertThat(writes()).noneMatch(write -> write.startsWith("s3api"));

        assertReady(setup("--reset"));
        assertThat(read("bucket/lifecycle")).contains("/ledger/\t30");
        assertThat(read("bucket/cors")).contains("PUT POST");
        assertThat(read("bucket/access")).isEqualTo("True\tTrue\tTrue\tTrue\n");
        assertThat(read("bucket/notifications")).contains("s3:ObjectCreated:*");
    }

    @Test
    void anAddressThatBrowsersMayNotUploadFromIsNamedAndNotSet() {
        assertReady(setup());

        Run other = end(start(Map.of("ATTACHE_URL", "http://localhost:8080")));

        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.output()).contains("PROBLEM: browsers may not upload from http://localhost:8080");
        assertThat(read("bucket/cors")).contains("https://attache.example.com");
    }

    @ParameterizedTest
    @CsvSource({"/, 90, attache-keys/", "/attache-keys/, 400, attache-keys/", "/ledger/, 7, ledger/", "/ledger/claims/, 7, ''"})
    void aRuleOfOthersThatDeletesKeysOrClaimsStopsTheScript(String prefix, int days, String harmed) {
        assertReady(setup());
        write("bucket/lifecycle", read("bucket/lifecycle")
                + "tidy\tEnabled\t%s\t%d\tNone\tNone\tNone\tNone\n".formatted(prefix, days));
        remove("writes");

        Run later = setup();

        if (harmed.isEmpty()) {
            assertReady(later);
        } else {
            assertThat(later.exitCode()).isEqualTo(1);
            assertThat(later.output()).contains("tidy (" + harmed + ")");
            assertThat(writes()).isEmpty();
        }
    }

    @Test
    void ourRulesLeaveTheKeysAndUploadsAloneUnlessDaysAreGiven() {
        assertReady(setup());
        assertThat(read("bucket/lifecycle").lines()).containsExactly(
                "attache-ledger\tEnabled\t/ledger/\t30\t1\tNone\tNone\tNone",
                "attache-multipart\tEnabled\t/\tNone\tNone\t7\tNone\tNone");

        assertReady(end(start(Map.of("ATTACHE_UPLOADS_DAYS", "90"))));
        assertThat(read("bucket/lifecycle")).contains("attache-uploads\tEnabled\t/uploads/\t90\t1");
        assertReady(setup());
        assertReady(setup("--reset"));
        assertThat(read("bucket/lifecycle")).contains("attache-uploads\tEnabled\t/uploads/\t90\t1");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "ten", "7d"})
    void daysThatAreNoNumberAreRefused(String days) {
        Run refused = end(start(Map.of("ATTACHE_UPLOADS_DAYS", days)));

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("ATTACHE_UPLOADS_DAYS is '" + days + "'");
        assertThat(writes()).isEmpty();
    }

    @Test
    void optionsThatAreNotKnownAreRefused() {
        assertThat(setup("--force").output()).contains("'--force' is not known");
    }

    @Test
    void theReadmeNamesEveryPermission() throws IOException {
        String readme = Files.readString(Path.of("infra/README.md"));

        assertThat(Stream.of("s3:CreateBucket", "s3:ListBucket", "s3:GetBucketLocation", "s3:GetBucketPublicAccessBlock",
                "s3:PutBucketPublicAccessBlock", "s3:GetBucketCORS", "s3:PutBucketCORS", "s3:GetLifecycleConfiguration",
                "s3:PutLifecycleConfiguration", "s3:GetBucketNotification", "s3:PutBucketNotification", "sqs:GetQueueUrl",
                "sqs:CreateQueue", "sqs:GetQueueAttributes", "sqs:SetQueueAttributes", "sns:CreateTopic", "sns:Subscribe",
                "sns:ListSubscriptionsByTopic", "sns:GetSubscriptionAttributes", "sns:SetSubscriptionAttributes"))
                .allMatch(permission -> readme.contains('`' + permission + '`'));
    }

    private static void assertReady(Run run) {
        assertThat(run.output()).contains("Ready.").doesNotContain("PROBLEM");
        assertThat(run.exitCode()).isZero();
    }

    private Run setup(String... options) {
        return end(start(Map.of(), options));
    }

    private Process start(Map<String, String> more, String... options) {
        var command = new ArrayList<>(List.of("sh", "infra/setup.sh"));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("ATTACHE_"));
        environment.put("PATH", folder.resolve("bin") + ":" + environment.get("PATH"));
        environment.put("AWS_DOUBLE", state.toString());
        environment.put("AWS_REGION", "eu-central-1");
        environment.put("ATTACHE_URL", "https://attache.example.com/attache");
        environment.putAll(more);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IllegalStateException("The script could not be started", e);
        }
    }

    private static Run end(Process script) {
        try (var output = script.inputReader()) {
            String text = String.join("\n", output.lines().toList());
            assertThat(script.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return new Run(script.exitValue(), text);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("The script's output could not be read", e);
        }
    }

    private List<String> writes() {
        return Files.exists(state.resolve("writes")) ? read("writes").lines().map(String::strip).toList() : List.of();
    }

    private String read(String file) {
        try {
            return Files.readString(state.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(String file, String content) {
        try {
            Files.writeString(state.resolve(file), content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void remove(String file) {
        try {
            Files.deleteIfExists(state.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
