package dev.attache.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.RejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SourceConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(SourceConfiguration.class)
            .withPropertyValues("attache.bucket=attachments", "attache.sources.crm.prefixes=downloads/crm/,book/");

    @ParameterizedTest
    @ValueSource(strings = {"ledger/uploads/1.json", "attache-keys/keys", "our-keys/keys"})
    void noSourceMayLinkToTheLedgerOrTheKeys(String key) {
        runner.withPropertyValues(
                        "attache.keys.prefix=our-keys/",
                        "attache.sources.greedy.prefixes=ledger/,attache-keys/,our-keys/")
                .run(context -> assertThatExceptionOfType(RejectedException.class)
                        .isThrownBy(() -> context.getBean(SourcePolicies.class)
                                .require("greedy")
                                .download(new AttachmentRef(null, key, null, null), null)));
    }

    @Test
    void noSourceMayLinkToALedgerWithAnotherPrefix() {
        runner.withPropertyValues("attache.ledger.prefix=book/").run(context -> {
            SourcePolicy crm = context.getBean(SourcePolicies.class).require("crm");

            assertThatExceptionOfType(RejectedException.class)
                    .isThrownBy(() -> crm.download(new AttachmentRef(null, "book/a", null, null), null));
        });
    }

    @Test
    void aMissingBucketStopsTheStart() {
        runner.withPropertyValues("attache.bucket=")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("attache")
                        .hasMessageContaining("bucket"));
    }

    @Test
    void aLifetimeThatS3WouldRefuseStopsTheStart() {
        runner.withPropertyValues("attache.sources.crm.max-expiry=10d")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage(
                                "attache.sources.crm.max-expiry is 10d, but Signature Version 4 allows 7d at most"));
    }
}
