package dev.attache.source;

import static dev.attache.source.PolicyFixtures.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.RejectionCode;
import dev.attache.intake.OnePolicy;
import dev.attache.storage.StorageSettings;
import java.net.URI;
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
        SourcePolicy policy = shop(Duration.ofDays(30), SourcesProperties.Identity.NONE);

        assertThat(policy.envelopeFrom()).isEqualTo("bounces@example.com");
        assertThat(policy.mailsPerHour()).isEqualTo(2000);
        assertThat(policy.mailsPerRecipientPerDay()).isEqualTo(5);
        assertThat(policy.mailSentEvents()).isTrue();
        assertThat(policy.mailLinks()).isEqualTo(MailLinks.PAGE);
        assertThat(policy.renewals()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, PT24H", "PT1M, PT1M", "PT720H, PT720H"})
    void aPageMayLiveLongerThanASignedLink(@Nullable Duration requested, Duration granted) {
        SourcePolicy policy = shop(Duration.ofDays(30), SourcesProperties.Identity.NONE);

        assertThat(policy.pageLifetime(requested)).isEqualTo(granted);
        assertThat(policy.maximumPageLifetime()).isEqualTo(Duration.ofDays(30));
        assertThat(policy.maximumLifetime()).isEqualTo(Duration.ofDays(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59S", "PT720H0.001S"})
    void aLifetimeOfAPageOutsideOfThePolicyIsRefused(Duration requested) {
        SourcePolicy policy = shop(Duration.ofDays(30), SourcesProperties.Identity.NONE);

        assertThat(rejected(RejectionCode.EXPIRY_OUT_OF_RANGE, () -> policy.pageLifetime(requested))
                        .detail())
                .endsWith("is outside the range that source shop may ask for: PT1M to PT720H");
    }

    @Test
    void theDefaultLifetimeOfAPageIsWithinItsLimit() {
        assertThat(shop(Duration.ofHours(2), SourcesProperties.Identity.NONE).pageLifetime(null))
                .isEqualTo(Duration.ofHours(2));
    }

    @Test
    void anIdentityHasTheDisplayNameAndALowerCaseColour() {
        SourcesProperties.Identity identity = new SourcesProperties.Identity(
                "help@example.com",
                "reply@example.com",
                "Acme",
                URI.create("https://example.com/logo.png"),
                "#1A6B54",
                null,
                URI.create("https://example.com/privacy"));

        assertThat(shop(Duration.ofDays(7), identity).identity())
                .isEqualTo(new SourceIdentity(
                        "Acme Shop",
                        "help@example.com",
                        "reply@example.com",
                        "Acme",
                        URI.create("https://example.com/logo.png"),
                        "#1a6b54",
                        null,
                        URI.create("https://example.com/privacy")));
        assertThat(crm().identity()).isEqualTo(SourceIdentity.named("crm"));
    }

    private static SourcePolicy shop(Duration maxPageExpiry, SourcesProperties.Identity identity) {
        SourcesProperties.Source shop = new SourcesProperties.Source(
                "Acme Shop",
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
                MailLinks.PAGE,
                maxPageExpiry,
                2,
                identity,
                StorageSettings.NONE);
        return new ConfiguredSources(
                        new SourcesProperties("attachments", Map.of("shop", shop)), StorageSettings.NONE, List.of())
                .require("shop");
    }

    private SourcePolicy crm() {
        return policies.require("crm");
    }
}
