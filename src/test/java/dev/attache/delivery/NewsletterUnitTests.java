package dev.attache.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.Campaign;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewsletterUnitTests {

    private static final Recipient ANA = new Recipient("ana+news@example.com", "Ana", "en", null);

    private final MailRoundTrip mails = new MailRoundTrip();

    @Test
    void aNewsletterHasOneClickUnsubscribeHeaders() throws Exception {
        MailRoundTrip.ReceivedMail mail = mail("https://acme.example/bye?who={recipient}&list=1");

        String url = "https://acme.example/bye?who=ana%2Bnews%40example.com&list=1";
        assertThat(mail.header("List-Unsubscribe")).isEqualTo("<" + url + ">");
        assertThat(mail.header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(mail.header("List-Id")).isEqualTo("<spring-26.acme.example>");
        assertThat(mail.header("Precedence")).isEqualTo("bulk");
        assertThat(mail.text()).contains("Unsubscribe: " + url);
        assertThat(mail.html()).contains("href=\"" + url.replace("&", "&amp;") + "\"");
    }

    @Test
    void aLongUnsubscribeUrlIsNotFolded() throws Exception {
        MailRoundTrip.ReceivedMail mail = mail("https://acme.example/bye/" + "a".repeat(800) + "/{recipient}");

        assertThat(mail.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(998));
        assertThat(mail.header("List-Unsubscribe")).hasSizeGreaterThan(800);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://acme.example/{recipient}",
                "mailto:bye@acme.example",
                "javascript:alert(1)",
                "https://acme.example/\r\nBcc: x@example.com",
                "https://acme.example/> <https://evil.example",
                "https:///x"
            })
    void anUnsubscribeUrlOtherThanHttpsIsRefused(String url) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> mail(url))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.CONTRACT_VIOLATION));
    }

    @Test
    void anUnsubscribeUrlThatIsTooLongForAHeaderIsRefused() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> mail("https://acme.example/" + "a".repeat(900)))
                .withMessageContaining("longer than");
    }

    @Test
    void aNewsletterWithoutACampaignIsRefused() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() ->
                        mails.send(Samples.newsletter(ANA, null, Samples.download("a.pdf", "https://s3.example/a"))))
                .withMessageContaining("campaign");
    }

    private MailRoundTrip.ReceivedMail mail(String unsubscribeUrl) throws Exception {
        return mails.send(Samples.newsletter(
                ANA,
                new Campaign("Spring '26!", unsubscribeUrl),
                Samples.download("a.pdf", "https://s3.example/a?b=1&c=2")));
    }
}
