package dev.attache.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.Recipient;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Relays that replace links by links of their own would store secrets, and signed links would not work. */
class ClickTrackingUnitTests {

    private static final Recipient ANA = new Recipient("ana@example.com", "Ana Lima", "en", null);

    private static final Pattern ANCHOR = Pattern.compile("<a\\s[^>]*>");

    /** Amazon SES Developer Guide, "Amazon SES email sending metrics FAQs", click tracking. */
    @ParameterizedTest
    @EnumSource(Purpose.class)
    void everyLinkTellsSesNotToReplaceIt(Purpose purpose) throws Exception {
        String html = new MailRoundTrip()
                .send(Samples.delivery(purpose, ANA, null, Samples.download("a.pdf", Samples.LONG_URL)))
                .html();

        assertThat(ANCHOR.matcher(html).results().map(MatchResult::group))
                .isNotEmpty()
                .allSatisfy(anchor -> assertThat(anchor).startsWith("<a ses:no-track "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        X-PM-TrackLinks: None          | X-PM-TrackLinks      | None
        X-Mailgun-Track-Clicks:no      | X-Mailgun-Track-Clicks | no
        X-SMTPAPI: {"filters":{"clicktrack":{"settings":{"enable":0}}}} | X-SMTPAPI | {"filters":{"clicktrack":{"settings":{"enable":0}}}}
        """)
    void mailsHaveTheHeadersOfTheSettings(String setting, String name, String value) throws Exception {
        MailRoundTrip.ReceivedMail mail = MailRoundTrip.withHeaders(setting)
                .send(Samples.delivery(Purpose.DOWNLOAD, ANA, null, Samples.download("a.pdf", Samples.LONG_URL)));

        assertThat(mail.header(name)).isEqualTo(value);
        assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "X-Track",
                ": value",
                "X-Track:",
                "X-Track:   ",
                "X Track: no",
                "X-Track: a\r\nBcc: mallory@example.com",
                "X-Track: é"
            })
    void whatIsNoHeaderStopsTheStart(String setting) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> MailRoundTrip.withHeaders(setting))
                .withMessageContaining("attache.mail.headers")
                .withMessageContaining("'Name: value'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: mallory@example.com",
                "bcc: mallory@example.com",
                "SUBJECT: x",
                "Content-Type: text/plain",
                "List-Unsubscribe: <https://example.com>",
                "X-Attache-Delivery-Id: 1"
            })
    void aHeaderThatMailsHaveAlreadyStopsTheStart(String setting) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> MailRoundTrip.withHeaders(setting))
                .withMessageContaining(setting.substring(0, setting.indexOf(':')))
                .withMessageContaining("only headers for the relay");
    }

    @Test
    void aHeaderMayHaveSeveralValues() throws Exception {
        MailRoundTrip.ReceivedMail mail = MailRoundTrip.withHeaders("X-Tag: a", "X-Tag: b")
                .send(Samples.delivery(Purpose.DOWNLOAD, ANA, null, Samples.download("a.pdf", Samples.LONG_URL)));

        assertThat(mail.parsed().getHeader("X-Tag")).containsExactly("a", "b");
    }
}
