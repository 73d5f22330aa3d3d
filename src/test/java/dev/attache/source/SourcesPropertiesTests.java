package dev.attache.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.link.LinksProperties;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class SourcesPropertiesTests {

    @Test
    void aSourceNeedsOnlyPrefixes() {
        SourcesProperties.Source crm =
                bound(Map.of("prefixes", "downloads/crm/")).sources().get("crm");

        assertThat(crm.maxSize()).isEqualTo(DataSize.ofMegabytes(25));
        assertThat(crm.minExpiry()).isEqualTo(Duration.ofMinutes(1));
        assertThat(crm.defaultExpiry()).isEqualTo(Duration.ofHours(24));
        assertThat(crm.maxExpiry()).isEqualTo(Duration.ofDays(7));
        assertThat(crm.contentTypes()).isEmpty();
        assertThat(crm.senderIds()).isEmpty();
        assertThat(crm.envelopeFrom()).isNull();
        assertThat(crm.mailsPerHour()).isNull();
        assertThat(crm.mailsPerRecipientPerDay()).isEqualTo(1000);
        assertThat(crm.mailSentEvents()).isFalse();
        assertThat(crm.mailLinks()).isEqualTo(MailLinks.PAGE);
        assertThat(crm.maxPageExpiry()).isEqualTo(Duration.ofDays(7));
        assertThat(crm.renewals()).isZero();
        assertThat(crm.identity()).isEqualTo(SourcesProperties.Identity.NONE);
    }

    @ParameterizedTest
    @CsvSource({"page, PAGE", "direct, DIRECT"})
    void thePagesOfASourceHaveSettings(String value, MailLinks mailLinks) {
        SourcesProperties.Source crm = bound(Map.of("mail-links", value, "max-page-expiry", "90d", "renewals", "3"))
                .sources()
                .get("crm");

        assertThat(crm.mailLinks()).isEqualTo(mailLinks);
        assertThat(crm.maxPageExpiry()).isEqualTo(Duration.ofDays(90));
        assertThat(crm.renewals()).isEqualTo(3);
    }

    @Test
    void aSourceHasAnIdentity() {
        SourcesProperties.Source crm = bound(Map.of(
                        "identity.contact", "https://example.com/help",
                        "identity.reply-to", "help@example.com",
                        "identity.from-name", "Acme",
                        "identity.logo", "https://example.com/logo.png",
                        "identity.color", "#1A6B54",
                        "identity.imprint", "https://example.com/imprint",
                        "identity.privacy", "https://example.com/privacy"))
                .sources()
                .get("crm");

        assertThat(crm.identity())
                .isEqualTo(new SourcesProperties.Identity(
                        "https://example.com/help",
                        "help@example.com",
                        "Acme",
                        URI.create("https://example.com/logo.png"),
                        "#1A6B54",
                        URI.create("https://example.com/imprint"),
                        URI.create("https://example.com/privacy")));
    }

    @Test
    void emptyValuesOfAnIdentityAreAbsent() {
        assertThat(bound(Map.of("identity.contact", "", "identity.logo", "", "identity.color", " "))
                        .sources()
                        .get("crm")
                        .identity())
                .isEqualTo(SourcesProperties.Identity.NONE);
    }

    @Test
    void theMailsOfASourceHaveSettings() {
        SourcesProperties.Source crm = bound(Map.of(
                        "envelope-from",
                        "bounces+crm@example.com",
                        "mails-per-hour",
                        "1",
                        "mails-per-recipient-per-day",
                        "1",
                        "mail-sent-events",
                        "true"))
                .sources()
                .get("crm");

        assertThat(crm.envelopeFrom()).isEqualTo("bounces+crm@example.com");
        assertThat(crm.mailsPerHour()).isEqualTo(1);
        assertThat(crm.mailsPerRecipientPerDay()).isEqualTo(1);
        assertThat(crm.mailSentEvents()).isTrue();
    }

    @Test
    void emptyMailSettingsHaveTheirDefaults() {
        SourcesProperties.Source crm = bound(Map.of("envelope-from", "", "mails-per-hour", ""))
                .sources()
                .get("crm");

        assertThat(crm.envelopeFrom()).isNull();
        assertThat(crm.mailsPerHour()).isNull();
    }

    @Test
    void theDefaultLifetimeIsWithinTheLimits() {
        assertThat(bound(Map.of("max-expiry", "1h")).sources().get("crm").defaultExpiry())
                .isEqualTo(Duration.ofHours(1));
        assertThat(bound(Map.of("min-expiry", "2d")).sources().get("crm").defaultExpiry())
                .isEqualTo(Duration.ofDays(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        max-expiry    | 10d           | attache.sources.crm.max-expiry is 10d, but Signature Version 4 allows 7d at most
        min-expiry    | 0s            | attache.sources.crm.min-expiry is PT0S, but must be at least 1s
        min-expiry    | 8d            | attache.sources.crm.min-expiry is 8d, which is longer than max-expiry (7d): no link could be issued
        default-expiry| 8d            | attache.sources.crm.default-expiry is 8d, but must be between min-expiry (1m) and max-expiry (7d)
        max-size      | 6TB           | attache.sources.crm.max-size is 6597069766656B, but the upload page sends files of at most 5TB
        prefixes      | downloads/crm | attache.sources.crm.prefixes[0] 'downloads/crm' does not end with a slash, so it would match its siblings as well
        prefixes      | a/,../        | attache.sources.crm.prefixes[1] '../' has a segment '..'
        prefixes      | /             | attache.sources.crm.prefixes[0] '/' is empty
        prefixes      | /a/           | attache.sources.crm.prefixes[0] '/a/' has an empty segment
        prefixes      | a/{user}/     | attache.sources.crm.prefixes[0] 'a/{user}/' contains a placeholder other than {subject}
        content-types | pdf           | attache.sources.crm.content-types[0] 'pdf' is not a media type; write it like application/pdf or image/*
        envelope-from | Acme <a@b.co> | attache.sources.crm.envelope-from is 'Acme <a@b.co>', which is not a plain ASCII mail address; write it without a name, like bounces@example.com
        envelope-from | bounces       | attache.sources.crm.envelope-from is 'bounces', which is not a plain ASCII mail address; write it without a name, like bounces@example.com
        envelope-from | a@bücher.de   | attache.sources.crm.envelope-from is 'a@bücher.de', which is not a plain ASCII mail address; write it without a name, like bounces@example.com
        envelope-from | <>            | attache.sources.crm.envelope-from is '<>', which is not a plain ASCII mail address; write it without a name, like bounces@example.com
        mails-per-hour| 0             | attache.sources.crm.mails-per-hour is 0, but must be at least 1; leave it out for no limit
        mails-per-recipient-per-day | 0 | attache.sources.crm.mails-per-recipient-per-day is 0, but must be at least 1; leave it out for the default, 1000
        mails-per-recipient-per-day | -1 | attache.sources.crm.mails-per-recipient-per-day is -1, but must be at least 1; leave it out for the default, 1000
        max-page-expiry | 91d         | attache.sources.crm.max-page-expiry is 91d, but must be between 1m and 90d
        max-page-expiry | 59s         | attache.sources.crm.max-page-expiry is PT59S, but must be between 1m and 90d
        renewals      | -1            | attache.sources.crm.renewals is -1, but must be between 0, for none, and 100
        renewals      | 101           | attache.sources.crm.renewals is 101, but must be between 0, for none, and 100
        identity.contact | help       | attache.sources.crm.identity.contact is 'help', which is neither a mail address nor an https URL; write it like help@example.com or https://example.com/help
        identity.contact | http://a.b/ | attache.sources.crm.identity.contact is 'http://a.b/', which is neither a mail address nor an https URL; write it like help@example.com or https://example.com/help
        identity.reply-to | A <a@b.co> | attache.sources.crm.identity.reply-to is 'A <a@b.co>', which is not a mail address; write it without a name, like help@example.com
        identity.color | red          | attache.sources.crm.identity.color is 'red', which is not a colour; write it like #1a6b54
        identity.color | #fff         | attache.sources.crm.identity.color is '#fff', which is not a colour; write it like #1a6b54
        identity.logo | http://a.b/l.png | attache.sources.crm.identity.logo is 'http://a.b/l.png', which is not an https URL; write it like https://example.com/
        identity.imprint | /imprint   | attache.sources.crm.identity.imprint is '/imprint', which is not an https URL; write it like https://example.com/
        identity.privacy | javascript:1 | attache.sources.crm.identity.privacy is 'javascript:1', which is not an https URL; write it like https://example.com/
        """)
    void anInvalidSettingStopsTheStartAndTheErrorNamesTheFix(String property, String value, String message) {
        assertThatThrownBy(() -> bound(Map.of(property, value))).rootCause().hasMessage(message);
    }

    @Test
    void aFromNameIsOneShortLine() {
        String error = "attache.sources.crm.identity.from-name is ";

        assertThatThrownBy(() -> bound(Map.of("identity.from-name", "Acme\r\nBcc: x@example.com")))
                .rootCause()
                .hasMessageStartingWith(error)
                .hasMessageEndingWith("which is not one line of at most 100 characters");
        assertThatThrownBy(() -> bound(Map.of("identity.from-name", "n".repeat(101))))
                .rootCause()
                .hasMessageStartingWith(error);
    }

    @Test
    void pagesMayLiveAtLeastAsLongAsTheShortestLinks() {
        assertThatThrownBy(() -> bound(Map.of("min-expiry", "2h", "max-page-expiry", "1h")))
                .rootCause()
                .hasMessage("attache.sources.crm.max-page-expiry is 1h, which is shorter than min-expiry (2h): no page"
                        + " could be issued");
    }

    @Test
    void aNameThatCannotBePartOfAKeyIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("attache.bucket", "b", "attache.sources[a/b].prefixes", "a/")))
                .rootCause()
                .hasMessageStartingWith("attache.sources.a/b is not a name for a source");
    }

    @Test
    void aPublicEndpointMustBeAWebAddress() {
        assertThat(links("https://attache.example.com").publicEndpoint()).hasHost("attache.example.com");
        assertThat(links("").publicEndpoint()).isNull();
        assertThatThrownBy(() -> links("attache.example.com"))
                .rootCause()
                .hasMessageStartingWith("attache.links.public-endpoint is attache");
    }

    @Test
    void theWorkersOwnCredentialsSignByDefault() {
        LinksProperties links = links("");

        assertThat(links.signingRoleArn()).isNull();
        assertThat(links.signingSession()).isEqualTo(Duration.ofHours(1));
        assertThat(bindLinks("signing-role-arn", "").signingRoleArn()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "signing-role-arn, attache-links, attache.links.signing-role-arn is 'attache-links'",
        "signing-role-arn, arn:aws:iam::123456789012:user/a, attache.links.signing-role-arn is 'arn:aws",
        "signing-session, 14m, 'attache.links.signing-session is 14m, but STS gives sessions of 15m to 12h'",
        "signing-session, 13h, 'attache.links.signing-session is 13h, but STS gives sessions of 15m to 12h'"
    })
    void anInvalidSigningRoleStopsTheStart(String property, String value, String message) {
        assertThatThrownBy(() -> bindLinks(property, value)).rootCause().hasMessageStartingWith(message);
    }

    private static LinksProperties links(String endpoint) {
        return bindLinks("public-endpoint", endpoint);
    }

    private static LinksProperties bindLinks(String property, String value) {
        return new Binder(new MapConfigurationPropertySource(Map.of("attache.links." + property, value)))
                .bindOrCreate("attache.links", LinksProperties.class);
    }

    private static SourcesProperties bound(Map<String, String> crm) {
        Map<String, String> properties = new HashMap<>(Map.of("attache.bucket", "attachments"));
        properties.put("attache.sources.crm.display-name", "Customer Relations");
        crm.forEach((name, value) -> properties.put("attache.sources.crm." + name, value));
        return bind(properties);
    }

    private static SourcesProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("attache", SourcesProperties.class);
    }
}
