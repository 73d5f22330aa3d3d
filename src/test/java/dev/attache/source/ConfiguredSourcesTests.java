package dev.attache.source;

import static dev.attache.source.PolicyFixtures.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.RejectionCode;
import dev.attache.intake.OnePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class ConfiguredSourcesTests {

    private final SourcePolicies policies = PolicyFixtures.policies();

    @ParameterizedTest
    @ValueSource(strings = {"AROAEXAMPLE", "AROAEXAMPLE:session", "AROAEXAMPLE:"})
    void aPinnedSourceAcceptsItsSenders(String senderId) {
        assertThat(policies.require("crm", senderId).source()).isEqualTo("crm");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "AROAEXAMPLE2", "AROAEXAMPL", "AROAOTHER:AROAEXAMPLE", "aroaexample"})
    void aPinnedSourceRefusesOtherSenders(@Nullable String senderId) {
        rejected(RejectionCode.SOURCE_NOT_ALLOWED, () -> policies.require("crm", senderId));
    }

    @Test
    void aSourceThatIsNotPinnedAcceptsAnySender() {
        assertThat(policies.require("people", null).displayName()).isEqualTo("people");
    }

    @Test
    void anUnknownSourceIsRefused() {
        assertThat(rejected(RejectionCode.SOURCE_NOT_ALLOWED, () -> policies.require("nobody\n"))
                        .detail())
                .isEqualTo("Source 'nobody?' is not configured; add it to attache.sources");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, PT24H", "PT1M, PT1M", "PT168H, PT168H"})
    void aLifetimeWithinThePolicyIsGranted(@Nullable Duration requested, Duration granted) {
        assertThat(crm().lifetime(requested)).isEqualTo(granted);
        assertThat(crm().minimumLifetime()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59.999S", "PT0S", "PT-1H", "PT168H0.001S"})
    void aLifetimeOutsideOfThePolicyIsRefused(Duration requested) {
        rejected(RejectionCode.EXPIRY_OUT_OF_RANGE, () -> crm().lifetime(requested));
    }

    @Test
    void aPolicyWithoutMailSettingsHasTheirDefaults() {
        SourcePolicy policy = new OnePolicy("crm");

        assertThat(policy.envelopeFrom()).isNull();
        assertThat(policy.mailsPerHour()).isNull();
        assertThat(policy.mailsPerRecipientPerDay()).isEqualTo(1000);
        assertThat(policy.mailSentEvents()).isFalse();
    }

    @Test
    void aPolicyHasTheConfiguredMailSettings() {
        SourcePolicy policy = new ConfiguredSources(
                        new SourcesProperties(
                                "attachments",
                                Map.of(
                                        "shop",
                                        new SourcesProperties.Source(
                                                null,
                                                List.of(),
                                                List.of(),
                                                null,
                                                List.of(),
                                                List.of(),
                                                DataSize.ofBytes(1),
                                                Duration.ofMinutes(1),
                                                null,
                                                Duration.ofDays(7),
                                                "bounces@example.com",
                                                2000,
                                                5,
                                                true,
                                                null,
                                                Duration.ofDays(7),
                                                0,
                                                new SourcesProperties.Identity(
                                                        null, null, null, null, null, null, null)))),
                        List.of())
                .require("shop");

        assertThat(policy.envelopeFrom()).isEqualTo("bounces@example.com");
        assertThat(policy.mailsPerHour()).isEqualTo(2000);
        assertThat(policy.mailsPerRecipientPerDay()).isEqualTo(5);
        assertThat(policy.mailSentEvents()).isTrue();
    }

    private SourcePolicy crm() {
        return policies.require("crm");
    }
}
