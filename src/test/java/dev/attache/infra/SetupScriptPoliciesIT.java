package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code infra/setup.sh} on queues, topics and a bucket whose policies operators have changed. */
class SetupScriptPoliciesIT extends ScriptTestBase {

    private static final String OTHER = """
        {"Sid":"other","Effect":"Deny","Principal":{"AWS":"*"},"Action":"s3:DeleteBucket",\
        "Resource":"arn:aws:s3:::attache"}\
        """;

    /** As releases before this one wrote it. */
    @Test
    void aStatementOfOursThatDiffersIsKeptAndPrintedUnlessResetIsGiven() {
        begin();
        String current = read("queues/email-deliveries/Policy");
        String former = current.replace(",\"StringEqualsIfExists\":{\"aws:SourceAccount\":\"111122223333\"}", "");
        assertThat(former).isNotEqualTo(current);
        write("queues/email-deliveries/Policy", former);
        remove("writes");

        Run later = setup();

        assertReady(later);
        assertThat(later.output())
                .contains("the statement attache-deliveries in the policy of queue email-deliveries is", "; kept");
        assertThat(writes()).isEmpty();
        assertReady(setup("--reset"));
        assertThat(read("queues/email-deliveries/Policy")).isEqualTo(current);
    }

    /** What SNS gives a topic that is created without a policy. */
    @Test
    void aTopicKeepsTheStatementsThatItHas() {
        begin();
        String ours = read("topics/deliveries/Policy");
        String owner = """
            {"Sid":"__default_statement_ID","Effect":"Allow","Principal":{"AWS":"*"},"Action":["SNS:Publish"],\
            "Resource":"arn:aws:sns:eu-central-1:111122223333:deliveries",\
            "Condition":{"StringEquals":{"AWS:SourceOwner":"111122223333"}}}\
            """;
        write(
                "topics/deliveries/Policy",
                "{\"Version\":\"2008-10-17\",\"Id\":\"__default_policy_ID\",\"Statement\":[" + owner + "]}");

        assertReady(setup());

        String statement = ours.substring(ours.indexOf('[') + 1, ours.lastIndexOf(']'));
        assertThat(read("topics/deliveries/Policy"))
                .isEqualTo("{\"Version\":\"2008-10-17\",\"Id\":\"__default_policy_ID\",\"Statement\":[" + owner + ","
                        + statement + "]}");
        remove("writes");
        assertReady(setup("--reset"));
        assertThat(writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--reset"})
    void aBucketsPolicyWithOtherStatementsIsNotChangedAndNothingElseIs(String option) {
        begin();
        String other = policy(OTHER);
        write("bucket/policy", other);
        remove("queues/email-deliveries/RedrivePolicy");
        remove("writes");

        Run stopped = setup(option);

        assertThat(stopped.exitCode()).isEqualTo(1);
        assertThat(stopped.output())
                .contains("the policy of bucket attache has other statements", "\"aws:SecureTransport\":\"false\"")
                .doesNotContain("sets the statements");
        assertThat(writes()).isEmpty();
        assertThat(read("bucket/policy")).isEqualTo(other);
    }

    @Test
    void aBucketsPolicyWithOtherStatementsStaysIfItRefusesRequestsWithoutTls() {
        begin();
        String ours = read("bucket/policy").strip();
        for (String both : List.of(
                ours.replace("[{", "[" + OTHER + ",{"),
                ours.replace("[{", "[" + OTHER + ",{").replace("attache-tls", "Only TLS"),
                ours.replace("[{", "[\n  " + OTHER + ",\n  {").replace("\"Sid\":", "\"Sid\" : "))) {
            write("bucket/policy", both);
            assertReady(setup());
            assertReady(setup("--reset"));
            assertThat(read("bucket/policy")).isEqualTo(both);
        }
    }

    @Test
    void ourStatementInTheBucketsPolicyIsKeptIfItDiffersAndSetByReset() {
        begin();
        String ours = read("bucket/policy");
        String changed = ours.replace(",\"arn:aws:s3:::attache/*\"", "");
        write("bucket/policy", changed);

        Run later = setup();

        assertReady(later);
        assertThat(later.output()).contains("the statement attache-tls in the policy of bucket attache is", "; kept");
        assertThat(read("bucket/policy")).isEqualTo(changed);
        assertReady(setup("--reset"));
        assertThat(read("bucket/policy")).isEqualTo(ours);
    }

    /** As Terraform writes it, with fields in alphabetical order, and as a service may return it. */
    @Test
    void anEqualPolicyInAnotherFormIsNotWrittenAgain() {
        begin();
        write("queues/request-parts/Policy", policy("""
            {"Action":"sqs:*","Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny","Principal":{"AWS":"*"},\
            "Resource":["arn:aws:sqs:eu-central-1:111122223333:request-parts"],"Sid":"attache-tls"}\
            """));
        remove("writes");

        Run later = setup("--reset");

        assertReady(later);
        assertThat(writes()).isEmpty();
    }

    /** Quotes, braces and commas inside of strings are not the policy's own. */
    @Test
    void statementsWithUnusualTextsStayAsTheyAre() {
        begin();
        String unusual = """
            {"Sid":"a, \\"b\\" ]}[{ \\\\","Effect":"Deny","Principal":"*","Action":["sqs:Purge*"],"Resource":"*",\
            "Condition":{"StringLike":{"aws:PrincipalTag/team":["[x]","{y}, z"]}}}\
            """;
        write("queues/request-parts/Policy", policy(unusual));

        assertReady(setup());

        assertThat(read("queues/request-parts/Policy"))
                .contains(unusual + ",{\"Sid\":\"attache-tls\"")
                .endsWith("}]}");
    }

    private static String policy(String statement) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statement + "]}";
    }
}
