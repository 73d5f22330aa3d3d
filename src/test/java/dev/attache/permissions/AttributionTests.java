package dev.attache.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.attache.permissions.iam.AwsRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributionTests {

    private static final Set<String> ALL_ROLES = Set.of("worker", "pages", "console");

    @ParameterizedTest
    @CsvSource(textBlock = """
        AwsConfiguration sqs,          aws,                            worker
        ConsoleSqsConfiguration sqs,   deadletters.redrive,            console
        ConsoleSqsConfiguration sqs,   deadletters.tasks,              console
        ConsoleSqsConfiguration sqs,   queues.sampling,
        SesTransportFactory sesv2,     delivery.relay.ses,             worker
        S3AutoConfiguration s3,        intake ledger.objects,          worker
        S3AutoConfiguration s3,        ledger.objects,                 worker
        S3AutoConfiguration s3,        operations ledger.keys,
        S3AutoConfiguration s3,        test ledger,
        S3AutoConfiguration s3,        test sweep ledger,              worker
        PagesStorageConfiguration s3,  gateway.download ledger,        pages
        PagesStorageConfiguration s3,  console.requests story ledger,  console
        PagesStorageConfiguration s3,  deadletters.dryrun intake,      console
        PagesStorageConfiguration s3,  audit,                          console
        PagesStorageConfiguration s3,  binder queues.pause,            worker
        PagesStorageConfiguration s3,  ledger.objects,
        PagesStorageConfiguration s3,  gateways,
        AwsConfiguration sns,          aws,
        MessageChannel sns,            gateway.download download,      pages
        CloudWatchConfiguration cloudwatch,cloudwatch,
        """)
    void inAProcessWithAllRolesClientAndCallersTellTheRole(String client, String callers, String role) {
        assertThat(Attribution.role(call(ALL_ROLES, client, callers.split(" "))))
                .isEqualTo(Optional.ofNullable(role));
    }

    @Test
    void inAProcessWithOneRoleAllCallsBelongToIt() {
        assertThat(Attribution.role(call(Set.of("console"), "S3AutoConfiguration s3", "gateway")))
                .contains("console");
    }

    @Test
    void aRoleThatTheProcessLacksIsNotGuessed() {
        assertThat(Attribution.role(call(Set.of("worker", "console"), "PagesStorageConfiguration s3", "gateway")))
                .isEmpty();
    }

    @Test
    void anUnknownClientIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Attribution.role(call(ALL_ROLES, "NewConfiguration dynamodb", "new")))
                .withMessageContaining("'NewConfiguration dynamodb'")
                .withMessageContaining("add it to Attribution");
    }

    private static RecordedCall call(Set<String> roles, String client, String... callers) {
        return new RecordedCall(roles, client, List.of(callers), new AwsRequest("s3:GetObject", "*"));
    }
}
