package dev.attache.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.storage.ObjectEncryption;
import dev.attache.storage.StorageClass;
import dev.attache.storage.StorageOptions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

class UploadStorageTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(SourceConfiguration.class)
            .withPropertyValues("attache.bucket=attachments", "attache.sources.crm.prefixes=downloads/crm/");

    private static StorageOptions crm(SourcePolicies policies) {
        return policies.require("crm").uploadStorage();
    }

    @Test
    void uploadsRequestNothingByDefault() {
        runner.run(context ->
                assertThat(crm(context.getBean(SourcePolicies.class))).isEqualTo(StorageOptions.NONE));
    }

    @Test
    void aSourceWithoutSettingsOfItsOwnHasTheCommonOnes() {
        runner.withPropertyValues(
                        "attache.uploads.server-side-encryption=aws:kms",
                        "attache.uploads.kms-key-id=alias/attache",
                        "attache.uploads.storage-class=INTELLIGENT_TIERING",
                        "attache.uploads.tags=retention=short,Cost Center=R=D")
                .run(context -> assertThat(crm(context.getBean(SourcePolicies.class)))
                        .isEqualTo(new StorageOptions(
                                new ObjectEncryption(ObjectEncryption.Kind.AWS_KMS, "alias/attache"),
                                StorageClass.INTELLIGENT_TIERING,
                                Map.of("retention", "short", "Cost Center", "R=D"))));
    }

    @Test
    void settingsOfASourceReplaceTheCommonOnes() {
        runner.withPropertyValues(
                        "attache.uploads.server-side-encryption=aws:kms",
                        "attache.uploads.kms-key-id=alias/attache",
                        "attache.uploads.storage-class=STANDARD_IA",
                        "attache.uploads.tags=retention=short",
                        "attache.sources.crm.uploads.server-side-encryption=AES256",
                        "attache.sources.crm.uploads.storage-class=GLACIER_IR",
                        "attache.sources.crm.uploads.tags[0]=team=sales",
                        "attache.sources.shop.prefixes=downloads/shop/")
                .run(context -> {
                    SourcePolicies policies = context.getBean(SourcePolicies.class);
                    assertThat(crm(policies))
                            .isEqualTo(new StorageOptions(
                                    new ObjectEncryption(ObjectEncryption.Kind.AES256, null),
                                    StorageClass.GLACIER_IR,
                                    Map.of("team", "sales")));
                    assertThat(policies.require("shop").uploadStorage().encryption())
                            .isEqualTo(new ObjectEncryption(ObjectEncryption.Kind.AWS_KMS, "alias/attache"));
                });
    }

    @Test
    void aSourceCanRequestNoEncryptionAlthoughOthersDo() {
        runner.withPropertyValues(
                        "attache.uploads.server-side-encryption=AES256",
                        "attache.sources.crm.uploads.server-side-encryption=none")
                .run(context ->
                        assertThat(crm(context.getBean(SourcePolicies.class))).isEqualTo(StorageOptions.NONE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        kms-key-id             | alias/attache  | .kms-key-id is set, but     | set it to aws:kms, or leave the key out
        storage-class          | standard       | .storage-class is 'standard' | must be one of [STANDARD,
        storage-class          | DEEP_ARCHIVE   | .storage-class is           | only after they are restored
        tags                   | retention      | .tags contains 'retention'  | write each tag like retention=short
        tags                   | =short         | .tags contains '=short'     | write each tag like retention=short
        tags                   | a=1,a=2        | .tags contains a key twice  | remove one
        tags                   | aws:x=1        | .tags contains the key      | use another
        tags                   | a<b=1          | .tags contains the key      | letters, digits, spaces
        tags                   | a=<            | .tags contains the value    | letters, digits, spaces
        tags                   | a=1,b=1,c=1,d=1,e=1,f=1,g=1,h=1,i=1,j=1,k=1 | .tags has 11 tags | remove some
        """)
    void aSettingThatS3RefusesStopsTheStartAndSaysWhatToDo(String setting, String value, String error, String fix) {
        for (String prefix : new String[] {"attache.uploads", "attache.sources.crm.uploads"}) {
            runner.withPropertyValues(prefix + "." + setting + "=" + value)
                    .run(context -> assertThat(context.getStartupFailure())
                            .rootCause()
                            .hasMessageContaining(prefix + error)
                            .hasMessageContaining(fix));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "none, alias/attache, set it to aws:kms",
        "AES256, alias/attache, set it to aws:kms",
        "aws:kms, 'a key', must be the id"
    })
    void aKeyThatCannotBeUsedStopsTheStart(String encryption, String key, String fix) {
        for (String prefix : new String[] {"attache.uploads", "attache.sources.crm.uploads"}) {
            runner.withPropertyValues(prefix + ".server-side-encryption=" + encryption, prefix + ".kms-key-id=" + key)
                    .run(context -> assertThat(context.getStartupFailure())
                            .rootCause()
                            .hasMessageContaining(prefix + ".kms-key-id")
                            .hasMessageContaining(fix));
        }
    }

    /** Spring Boot's own analysis of the failure is what an operator reads. */
    @Test
    void anUnknownEncryptionStopsTheStartAndTheValidOnesAreListed() {
        List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, FailureHandler.handleMessage((message, failure) -> {}));
        for (String prefix : new String[] {"attache.uploads", "attache.sources.crm.uploads"}) {
            runner.withPropertyValues(prefix + ".server-side-encryption=kms")
                    .run(context -> assertThat(analyzers.stream()
                                    .map(it -> it.analyze(context.getStartupFailure()))
                                    .filter(Objects::nonNull))
                            .anySatisfy(analysis -> {
                                assertThat(analysis.getDescription()).contains(prefix + ".server-side-encryption");
                                assertThat(analysis.getAction()).contains("AES256", "AWS_KMS", "NONE");
                            }));
        }
    }
}
