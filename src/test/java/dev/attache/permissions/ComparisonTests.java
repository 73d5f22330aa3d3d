package dev.attache.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.permissions.Comparison.AcceptedRefusal;
import dev.attache.permissions.iam.AwsRequest;
import dev.attache.permissions.iam.IamPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The comparison finds a permission that is missing, one that is too many, and an exception that is none. */
class ComparisonTests {

    private static final Set<String> ALL_ROLES = Set.of("worker", "pages", "console");

    private static final RecordedCall READ = call(
            "PagesStorageConfiguration s3",
            "gateway.download",
            "s3:GetObject",
            "arn:aws:s3:::attache-example/ledger/x");

    private static final RecordedCall WRITE =
            call("S3AutoConfiguration s3", "delivery", "s3:PutObject", "arn:aws:s3:::attache-example/ledger/x");

    private static final String READING = statement("s3:GetObject", "arn:aws:s3:::attache-example/ledger/*");

    private static final String WRITING = statement("s3:PutObject", "arn:aws:s3:::attache-example/ledger/*");

    @Test
    void policiesThatAllowWhatIsCalledAreEqualToIt() {
        Comparison comparison = comparison(WRITING, READING, READ, WRITE);

        assertThat(comparison.refused()).isEmpty();
        assertThat(comparison.unused()).isEmpty();
    }

    @Test
    void aMissingPermissionIsFound() {
        assertThat(comparison(WRITING, "", READ, WRITE).refused())
                .containsExactly(
                        "The policies of pages do not allow s3:GetObject on arn:aws:s3:::attache-example/ledger/x"
                                + " (roles [console, pages, worker], client PagesStorageConfiguration s3, called from"
                                + " [gateway.download])");
    }

    @Test
    void thePermissionOfAnotherRoleIsNone() {
        assertThat(comparison(WRITING + "," + READING, "", READ, WRITE).refused())
                .hasSize(1);
    }

    @Test
    void anAddedPermissionIsFound() {
        assertThat(comparison(WRITING, READING + "," + statement("s3:DeleteObject", "*"), READ, WRITE)
                        .unused())
                .containsExactly("No call used pages, Test: s3:DeleteObject on *");
    }

    @Test
    void aSecondResourceAndASecondValueOfAConditionAreFound() {
        String listing = """
            {"Sid": "List", "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::attache-example",
             "Condition": {"StringLike": {"s3:prefix": ["ledger/*", "audit/*"]}}}
            """;
        RecordedCall list = new RecordedCall(
                Set.of("pages"),
                "PagesStorageConfiguration s3",
                List.of(),
                new AwsRequest("s3:ListBucket", Sample.BUCKET, Map.of("s3:prefix", "ledger/x")));

        assertThat(comparison("", listing, list).unused())
                .containsExactly(
                        "No call used pages, List: s3:ListBucket on arn:aws:s3:::attache-example if [StringLike"
                                + " s3:prefix=audit/*]");
    }

    @Test
    void aQueueIsUsedIfAnotherOfItsKindIs() {
        String sending = """
            {"Sid": "Send", "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": ["%s", "%s", "%s"]}
            """.formatted(
                Sample.queue("objects-created-dlq"), Sample.queue("request-parts-dlq"), Sample.queue("request-parts"));
        RecordedCall send = call("AwsConfiguration sqs", "aws", "sqs:SendMessage", Sample.queue("objects-created-dlq"));

        assertThat(comparison(sending, "", send).unused())
                .containsExactly("No call used worker, Send: sqs:SendMessage on " + Sample.queue("request-parts"));
    }

    @Test
    void withoutCallsNoPermissionIsUsed() {
        assertThat(comparison(WRITING, READING).unused()).hasSize(2);
    }

    @Test
    void aCallThatMayBelongToAnyRoleNeedsOneThatAllowsItAndUsesNoPermission() {
        RecordedCall unknown =
                call("AwsConfiguration sns", "aws", "s3:GetObject", "arn:aws:s3:::attache-example/ledger/x");

        assertThat(comparison(WRITING, READING, unknown).refused()).isEmpty();
        assertThat(comparison(WRITING, "", unknown).refused()).hasSize(1);
        assertThat(comparison("", READING, unknown).unused()).hasSize(1);
    }

    @Test
    void queuesAndBucketsThatOnlyATestNamesAreNotCompared() {
        assertThat(comparison(
                                "",
                                "",
                                call("AwsConfiguration sqs", "aws", "sqs:SendMessage", Sample.queue("of-a-test")),
                                call("S3AutoConfiguration s3", "intake", "s3:GetObject", "arn:aws:s3:::of-a-test/x"))
                        .refused())
                .isEmpty();
    }

    @Test
    void anUnknownOperationIsRefused() {
        RecordedCall unknown = call("S3AutoConfiguration s3", "delivery", RequiredPermissions.UNKNOWN + "X", "*");

        assertThat(comparison(WRITING, READING, unknown).refused()).hasSize(1);
    }

    @Test
    void anExceptionThatIsUsedOrDoesNotExistIsFound() {
        Exceptional used = new Exceptional("pages", "s3:GetObject", "ledger/", "nobody knows");
        Exceptional missing = new Exceptional("pages", "s3:GetObject", "other/", "nobody knows");

        assertThat(new Comparison(granted(WRITING, READING), List.of(READ, WRITE), List.of(), List.of(used, missing))
                        .unused())
                .containsExactly(
                        "No unused permission is pages: s3:GetObject on ledger/, because nobody knows",
                        "No unused permission is pages: s3:GetObject on other/, because nobody knows");
    }

    @Test
    void onlyTheCallWithoutContextOfTheNamedPackageMayBeRefused() {
        AcceptedRefusal accepted = new AcceptedRefusal("s3:ListBucket", "operations", "403 is an answer");
        RecordedCall atStart = call("S3AutoConfiguration s3", "operations", "s3:ListBucket", Sample.BUCKET);
        RecordedCall elsewhere = call("S3AutoConfiguration s3", "ledger", "s3:ListBucket", Sample.BUCKET);

        assertThat(new Comparison(granted(WRITING, READING), List.of(atStart, elsewhere), List.of(accepted), List.of())
                        .refused())
                .singleElement()
                .asString()
                .contains("called from [ledger]");
    }

    @Test
    void encryptionNeedsThePermissionsOfKms() {
        Comparison comparison = new Comparison(
                Map.of(
                        "worker", List.of(policy("worker", statement("sns:Publish", "t"))),
                        "encryption", List.of(policy("kms", statement("kms:Decrypt", "*")))),
                List.of(new RecordedCall(
                        Set.of("worker"), "AwsConfiguration sns", List.of(), new AwsRequest("sns:Publish", "t"))),
                List.of(),
                List.of());

        assertThat(comparison.refused())
                .singleElement()
                .asString()
                .startsWith("The policies of encryption do not allow kms:GenerateDataKey on " + Sample.KEY
                        + " {kms:ViaService=sns.eu-central-1.amazonaws.com}");
    }

    private static Comparison comparison(String ofWorker, String ofPages, RecordedCall... calls) {
        return new Comparison(granted(ofWorker, ofPages), List.of(calls), List.of(), List.of());
    }

    private static Map<String, List<IamPolicy>> granted(String ofWorker, String ofPages) {
        return Map.of(
                "worker", List.of(policy("worker", ofWorker)),
                "pages", List.of(policy("pages", ofPages)),
                "console", List.of());
    }

    private static IamPolicy policy(String name, String statements) {
        return IamPolicy.of(name, "{\"Statement\": [%s]}".formatted(statements));
    }

    private static String statement(String action, String resource) {
        return """
            {"Sid": "Test", "Effect": "Allow", "Action": "%s", "Resource": "%s"}\
            """.formatted(action, resource);
    }

    private static RecordedCall call(String client, String caller, String action, String resource) {
        return new RecordedCall(ALL_ROLES, client, List.of(caller), new AwsRequest(action, resource));
    }
}
