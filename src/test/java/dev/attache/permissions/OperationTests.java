package dev.attache.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.attache.permissions.iam.Permission;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The operations that the byte code of the application calls are those of {@link Operation}, and policies allow them.
 */
class OperationTests {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.attache");

    /** Actions of calls that S3, SNS and SQS make. */
    private static final Set<String> OF_SERVICES = Set.of("kms:Decrypt", "kms:GenerateDataKey");

    /** Its client is BlockingSqs, which has operations that are known only. */
    private static final String CONTAINER = "io.awspring.cloud.sqs.listener.SqsMessageListenerContainer";

    @Test
    void everyOperationThatTheApplicationCallsIsKnown() {
        Set<String> known = known();
        known.add(CONTAINER);

        assertThat(SdkCalls.in(MAIN).entrySet())
                .filteredOn(call -> !known.contains(call.getKey()))
                .extracting(call -> "%s calls %s, which nobody has described: add it to Operation and its action to a"
                                .formatted(call.getValue(), call.getKey())
                        + " policy in infra/policies")
                .isEmpty();
    }

    @Test
    void everyKnownOperationIsCalled() {
        assertThat(SdkCalls.in(MAIN).keySet()).containsAll(known());
    }

    @Test
    void policiesAllowTheActionsOfTheseOperationsAndNoOthers() {
        Set<String> needed = Arrays.stream(Operation.values())
                .flatMap(operation -> operation.actions().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        needed.addAll(OF_SERVICES);

        Set<String> allowed = Installation.granted().values().stream()
                .flatMap(policies -> policies.stream())
                .flatMap(policy -> policy.permissions().stream())
                .map(Permission::action)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(allowed).isEqualTo(needed);
    }

    @Test
    void everyOperationHasActionsAndTheirSource() {
        assertThat(Operation.values()).allSatisfy(operation -> {
            assertThat(operation.actions()).isNotEmpty();
            assertThat(operation.source()).isNotBlank();
        });
    }

    @Test
    void operationsAreFoundInCallsReferencesAndAllTheirForms() {
        JavaClasses calls = new ClassFileImporter().importClasses(SomeCalls.class);

        assertThat(SdkCalls.in(calls))
                .isEqualTo(Map.of(
                        "s3:GetObject",
                        Set.of("SomeCalls"),
                        "s3:ListParts",
                        Set.of("SomeCalls"),
                        "s3:DeleteBucket",
                        Set.of("SomeCalls"),
                        "sqs:PurgeQueue",
                        Set.of("SomeCalls"),
                        "sns:CreateTopic",
                        Set.of("SomeCalls"),
                        S3Presigner.class.getName(),
                        Set.of("SomeCalls")));
    }

    private static Set<String> known() {
        return Stream.of(Operation.values()).map(Operation::id).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Never called: what the search must find in byte code. */
    private static final class SomeCalls {

        static void call(S3Client s3, SqsClient sqs, SnsAsyncClient sns) {
            s3.getObjectAsBytes(it -> it.bucket("b").key("k"));
            s3.listPartsPaginator(it -> it.bucket("b").key("k").uploadId("u"));
            Stream.of("b").forEach(bucket -> s3.deleteBucket(it -> it.bucket(bucket)));
            Stream.of(software.amazon.awssdk.services.sqs.model.PurgeQueueRequest.builder()
                            .build())
                    .forEach(sqs::purgeQueue);
            sns.createTopic(it -> it.name("t"));
            S3Presigner.create().close();
            s3.serviceName();
            s3.close();
        }
    }
}
