package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code infra/setup.sh} on queues and subscriptions that operators have changed. */
class SetupScriptOnQueuesIT extends ScriptTestBase {

    private static final String TLS_DENY = """
        {"Sid":"tls","Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*",\
        "Condition":{"Bool":{"aws:SecureTransport":"false"}}}\
        """;

    @Test
    void settingsThatOperatorsChangedAreKeptAndPrintedUnlessResetIsGiven() {
        begin();
        write("queues/email-deliveries/VisibilityTimeout", "120");
        write(
                "queues/email-deliveries/RedrivePolicy",
                "{\"maxReceiveCount\":5,\"deadLetterTargetArn\":\"arn:aws:sqs:eu-central-1:111122223333:email-deliveries-dlq\"}");
        write("subscriptions/email-deliveries/FilterPolicy", "{\"channel\":[\"email\",\"sms\"]}");

        Run later = setup();

        assertReady(later);
        assertThat(later.output())
                .contains(
                        "VisibilityTimeout of email-deliveries is 120, setup.sh would set 60; kept",
                        "RedrivePolicy of email-deliveries is",
                        "FilterPolicy of the subscription of email-deliveries is");
        assertThat(read("queues/email-deliveries/VisibilityTimeout")).isEqualTo("120");
        assertThat(read("queues/email-deliveries/RedrivePolicy")).contains("\"maxReceiveCount\":5");
        assertThat(read("subscriptions/email-deliveries/FilterPolicy")).contains("sms");

        assertReady(setup("--reset"));
        assertThat(read("queues/email-deliveries/VisibilityTimeout")).isEqualTo("60");
        assertThat(read("queues/email-deliveries/RedrivePolicy")).contains("\"maxReceiveCount\":10");
        assertThat(read("subscriptions/email-deliveries/FilterPolicy")).isEqualTo("{\"channel\":[\"email\"]}");
    }

    @Test
    void aQueueWithoutLongPollingGetsItAndOtherWaitsAreKept() {
        begin();
        write("queues/email-deliveries/ReceiveMessageWaitTimeSeconds", "0");
        write("queues/request-parts/ReceiveMessageWaitTimeSeconds", "5");

        assertReady(setup());

        assertThat(read("queues/email-deliveries/ReceiveMessageWaitTimeSeconds"))
                .isEqualTo("20");
        assertThat(read("queues/request-parts/ReceiveMessageWaitTimeSeconds")).isEqualTo("5");
    }

    @Test
    void anEqualRedrivePolicyInAnotherFormIsNotPrinted() {
        begin();
        write("queues/email-deliveries/RedrivePolicy", """
            { "maxReceiveCount" : "10",
              "deadLetterTargetArn" : "arn:aws:sqs:eu-central-1:111122223333:email-deliveries-dlq" }\
            """);

        assertThat(setup().output()).doesNotContain("; kept");
    }

    @Test
    void otherStatementsInAQueuesPolicyStay() {
        begin();
        String ours = read("queues/objects-created/Policy");
        String both = ours.replace("\"Statement\":[", "\"Statement\":[" + TLS_DENY + ",");
        write("queues/objects-created/Policy", both);
        assertReady(setup());
        assertReady(setup("--reset"));
        assertThat(read("queues/objects-created/Policy")).isEqualTo(both);

        write(
                "queues/objects-created/Policy",
                "{\n \"Version\": \"2012-10-17\",\n \"Statement\": [" + TLS_DENY + "]\n}");
        assertReady(setup());
        assertThat(read("queues/objects-created/Policy"))
                .contains(TLS_DENY, "\"s3.amazonaws.com\"", "\"arn:aws:s3:::attache\"");
    }

    /** A common denial: no sender except this topic. It does not allow the topic to send. */
    @Test
    void aDenialWithTheTopicsArnDoesNotCountAsItsPermission() {
        begin();
        String denial = """
            {"Sid":"deny","Effect":"Deny","Principal":{"Service":"sns.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*",\
            "Condition":{"ArnNotEquals":{"aws:SourceArn":"arn:aws:sns:eu-central-1:111122223333:deliveries"}}}\
            """;
        String other = """
            {"Sid":"other","Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*",\
            "Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:sns:eu-central-1:111122223333:other"}}}\
            """;
        write(
                "queues/email-deliveries/Policy",
                "{\"Version\":\"2012-10-17\",\"Statement\":[" + denial + "," + other + "]}");

        assertReady(setup());

        String policy = read("queues/email-deliveries/Policy");
        assertThat(policy).contains(denial, other, "\"Sid\":\"attache-deliveries\",\"Effect\":\"Allow\"");
        assertReady(setup());
        assertThat(read("queues/email-deliveries/Policy")).isEqualTo(policy);
    }

    @Test
    void aPolicyThatCannotBeChangedStopsTheScriptWhichPrintsTheStatementToAdd() {
        begin();
        String single = "{\"Version\":\"2012-10-17\",\"Statement\":" + TLS_DENY + "}";
        write("queues/objects-created/Policy", single);

        Run later = setup();

        assertThat(later.exitCode()).isEqualTo(1);
        assertThat(later.output()).contains("policy of queue objects-created", "\"Service\":\"s3.amazonaws.com\"");
        assertThat(read("queues/objects-created/Policy")).isEqualTo(single);
    }

    @Test
    void queuesThatTheWorkerDoesNotAcceptAreProblemsAndTheScriptFails() {
        begin();
        write("queues/email-deliveries/MessageRetentionPeriod", "1209600");
        write("queues/request-parts-dlq/MaximumMessageSize", "1024");

        Run later = setup();

        assertThat(later.exitCode()).isEqualTo(1);
        assertThat(later.output())
                .contains(
                        "PROBLEM: email-deliveries-dlq keeps messages for 1209600 s",
                        "PROBLEM: request-parts-dlq takes 1024 bytes");
        assertThat(read("queues/email-deliveries/MessageRetentionPeriod")).isEqualTo("1209600");
        assertReady(setup("--reset"));
    }
}
