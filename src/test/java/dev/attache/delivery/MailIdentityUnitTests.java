package dev.attache.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.Recipient;
import dev.attache.source.SourceIdentity;
import dev.attache.wording.DisplayText;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.HtmlUtils;

/** How a source presents itself in its mails. */
class MailIdentityUnitTests {

    private static final Recipient ANA = new Recipient("ana@example.com", "Ana Lima", "en", null);

    private final MailRoundTrip mails = new MailRoundTrip();

    @Test
    void aSourceHasItsOwnNameAndAddressForReplies() throws Exception {
        MailRoundTrip.ReceivedMail mail = send(identity("help@crm.example", "#1d5fd1"));

        assertThat(mail.parsed().getFrom())
                .containsExactly(new InternetAddress("files@acme.example", "Acmé Contracts"));
        assertThat(mail.header("Reply-To")).isEqualTo("reply@crm.example");
    }

    @Test
    void theMailEndsWithTheLinksOfTheSource() throws Exception {
        MailRoundTrip.ReceivedMail mail = send(identity("help+a&b@crm.example", null));

        assertThat(mail.html())
                .containsSubsequence(
                        "href=\"mailto:help%2Ba%26b@crm.example\"",
                        ">help+a&amp;b@crm.example<",
                        "href=\"https://crm.example/imprint?a=1&amp;b=2\"",
                        ">Legal notice<",
                        "href=\"https://crm.example/privacy\"",
                        ">Privacy<");
        assertThat(mail.text().strip().lines().toList())
                .endsWith(
                        "Contact: help+a&b@crm.example",
                        "Legal notice: https://crm.example/imprint?a=1&b=2",
                        "Privacy: https://crm.example/privacy");
    }

    @Test
    void aContactMayBeAPage() throws Exception {
        MailRoundTrip.ReceivedMail mail = send(identity("https://crm.example/help", null));

        assertThat(mail.html()).contains("href=\"https://crm.example/help\"", ">Contact<");
        assertThat(mail.text().lines()).contains("Contact: https://crm.example/help");
    }

    @Test
    void theLogoHasTheNameOfTheSourceAsItsText() throws Exception {
        assertThat(send(identity(null, null)).html())
                .contains("src=\"https://crm.example/logo.png\"", "alt=\"Acmé &amp; Co\"");
        assertThat(send(SourceIdentity.named("Acme")).html()).doesNotContain("<img");
    }

    @ParameterizedTest
    @CsvSource({"#8a1538,#8a1538,#6ea8fe", "#ffcc00,#1d5fd1,#ffcc00", "#7a7a7a,#1d5fd1,#6ea8fe", "-,#1d5fd1,#6ea8fe"})
    void theColourIsUsedInTheDesignInWhichItCanBeSeen(String color, String light, String dark) throws Exception {
        String html = send(identity(null, color.equals("-") ? null : color)).html();

        assertThat(html)
                .contains("background:" + light + "; color:#ffffff")
                .contains(".button { background: " + dark + " !important; color: #0b1320 !important; }")
                .contains(".buttoncell { background: " + dark + " !important; }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Acme\r\nBcc: eve@example.com\r\n\r\n<p>",
                "\"Acme\", eve@example.com",
                "Acme <eve@example.com>",
                "Académie Élan – 契約",
                "شركة الأمل (2)",
                "דנה\u202e moc.example@eve"
            })
    void aHostileNameIsOneNameInHeadersAndBody(String name) throws Exception {
        SourceIdentity identity = new SourceIdentity(
                name, null, "reply@crm.example", name, URI.create("https://crm.example/logo.png"), null, null, null);
        String shown = DisplayText.line(name, 100);

        MailRoundTrip.ReceivedMail mail = send(identity);

        assertThat(mail.parsed().getFrom()).containsExactly(new InternetAddress("files@acme.example", shown));
        assertThat(mail.parsed().getReplyTo()).containsExactly(new InternetAddress("reply@crm.example"));
        assertThat(mail.header("Bcc")).isNull();
        assertThat(mail.parsed().getAllRecipients()).hasSize(1);
        assertThat(mail.parsed().getSubject().replaceAll("[\u200e\u2068\u2069]", ""))
                .isEqualTo(shown + " has sent you a file");
        assertThat(mail.text()).contains(shown).doesNotContain("\u202e", "\r\nBcc");
        assertThat(HtmlUtils.htmlUnescape(mail.html())).contains("alt=\"" + shown + "\"");
        assertThat(mail.html()).doesNotContain("\u202e", "<eve");
    }

    @Test
    void aNameWrittenFromRightToLeftDoesNotReorderTheSentencesAroundIt() throws Exception {
        MailRoundTrip.ReceivedMail mail = send(SourceIdentity.named("شركة الأمل (2)"));

        String isolated = "\u200e\u2068شركة الأمل (2)\u2069";
        assertThat(mail.parsed().getSubject()).isEqualTo(isolated + " has sent you a file");
        assertThat(mail.text()).startsWith(isolated + " has sent you a file");
        assertThat(mail.html())
                .contains(isolated + " has sent you a file</h1>", "<span dir=\"auto\">شركة الأمل (2)</span>");
    }

    private MailRoundTrip.ReceivedMail send(SourceIdentity identity) throws Exception {
        Samples.Acme acme = new Samples.Acme();
        acme.identity = identity;
        return mails.send(Samples.pageDelivery(
                acme, Purpose.DOWNLOAD, ANA, null, Samples.page(Samples.item(null, "Contract.pdf"))));
    }

    private static SourceIdentity identity(@Nullable String contact, @Nullable String color) {
        return new SourceIdentity(
                "Acmé & Co",
                contact,
                "reply@crm.example",
                "Acmé Contracts",
                URI.create("https://crm.example/logo.png"),
                color,
                URI.create("https://crm.example/imprint?a=1&b=2"),
                URI.create("https://crm.example/privacy"));
    }
}
