package dev.attache.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.SignedUrl;
import dev.attache.delivery.mail.Delivery;
import dev.attache.delivery.mail.MailContent;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Date;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.web.util.HtmlUtils;

class MailCompositionUnitTests {

    private static final Recipient ANA = new Recipient("ana@example.com", "Ana Lima", "en", null);
    private static final MessageText MESSAGE =
            new MessageText("Your contract", "Please find your contract below.\n\nJo");

    private final MailRoundTrip mails = new MailRoundTrip();

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void bothPartsContainTheUrlExactlyAsSigned(Purpose purpose) throws Exception {
        MailRoundTrip.ReceivedMail mail =
                mails.send(Samples.delivery(purpose, ANA, MESSAGE, Samples.download("a.pdf", Samples.LONG_URL)));

        assertThat(Samples.LONG_URL).hasSizeGreaterThan(1_800);
        assertThat(mail.text().lines()).contains(Samples.LONG_URL);
        assertThat(mail.html()).contains("href=\"" + Samples.LONG_URL.replace("&", "&amp;") + "\"");
        assertThat(HtmlUtils.htmlUnescape(mail.html())).contains(Samples.LONG_URL);
    }

    @Test
    void noLineIsTooLongForSmtp() throws Exception {
        MailRoundTrip.ReceivedMail mail = mails.send(
                Samples.delivery(Purpose.DOWNLOAD, ANA, MESSAGE, Samples.download("a.pdf", Samples.LONG_URL)));

        assertThat(mail.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(76));
        assertThat(mail.part(0).getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(mail.part(1).getContentType()).isEqualToIgnoringCase("text/html; charset=UTF-8");
        for (int part = 0; part < 2; part++) {
            assertThat(mail.part(part).getHeader("Content-Transfer-Encoding")).containsExactly("quoted-printable");
        }
    }

    @Test
    void theHeadersNameSenderAndRecipient() throws Exception {
        MailRoundTrip.ReceivedMail mail = mails.send(Samples.delivery(Purpose.DOWNLOAD, ANA, MESSAGE, link()));

        assertThat(mail.parsed().getFrom()).containsExactly(new InternetAddress("files@acme.example", "Acme"));
        assertThat(mail.parsed().getAllRecipients())
                .containsExactly(new InternetAddress("ana@example.com", "Ana Lima"));
        assertThat(mail.header("Reply-To")).isEqualTo("help@acme.example");
        assertThat(mail.parsed().getSubject()).isEqualTo("Your contract");
        assertThat(mail.parsed().getSentDate()).isEqualTo(Date.from(Samples.ISSUED));
        assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(mail.header("X-Attache-Request-Id")).isEqualTo("contract-4711");
        assertThat(mail.header("List-Unsubscribe")).isNull();
        assertThat(mail.parsed().getContentType()).startsWith("multipart/alternative");
    }

    @Test
    void theMessageIdIsTheSameInEveryAttempt() throws Exception {
        Delivery delivery = Samples.delivery(Purpose.DOWNLOAD, ANA, null, link());

        assertThat(mails.send(delivery).header("Message-ID"))
                .isEqualTo("<" + Samples.ID + "@acme.example>")
                .isEqualTo(mails.send(delivery).header("Message-ID"));
    }

    @Test
    void anIdThatIsNotAllowedInAHeaderIsReplacedByADerivedOne() throws Exception {
        Delivery sample = Samples.delivery(Purpose.DOWNLOAD, ANA, null, link());
        Delivery hostile = new Delivery("a>\r\nBcc: b@example.com", sample.source(), null, sample.issued(), ANA);

        assertThat(mails.send(hostile).header("Message-ID"))
                .matches("<[0-9a-f-]{36}@acme.example>")
                .isEqualTo(mails.send(hostile).header("Message-ID"));
        assertThat(mails.send(hostile).header("Bcc")).isNull();
        assertThat(mails.send(hostile).header("X-Attache-Delivery-Id")).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        en    | -                 | Hello Ana Lima,      | 22 November 2026, 09:00 UTC
        pt-BR | America/Sao_Paulo | Olá, Ana Lima,       | 22 de novembro de 2026 às 06:00 BRT
        de    | Europe/Berlin     | Guten Tag Ana Lima,  | 22. November 2026, 10:00 MEZ
        fr    | UTC               | Bonjour Ana Lima,    | 22 novembre 2026 à 09:00 UTC
        es    | UTC               | Hola, Ana Lima:      | 22 de noviembre de 2026, 9:00 UTC
        ja    | -                 | Hello Ana Lima,      | 22 November 2026, 09:00 UTC
        """)
    void theMailIsInTheRecipientsLanguageAndTimeZone(String locale, String zone, String greeting, String until)
            throws Exception {
        Recipient recipient = new Recipient("ana@example.com", "Ana Lima", locale, zone);

        MailRoundTrip.ReceivedMail mail = mails.send(Samples.delivery(Purpose.DOWNLOAD, recipient, null, link()));

        assertThat(mail.text()).contains(greeting, until).doesNotContain("??");
        assertThat(mail.html()).contains(greeting, until).doesNotContain("??");
    }

    @Test
    void aPurchaseHasALinkForEachItem() throws Exception {
        Link[] items = IntStream.rangeClosed(1, 20)
                .mapToObj(i -> new Link(
                        Link.Rel.DOWNLOAD,
                        "Book " + i,
                        "GET",
                        new SignedUrl("https://s3.example/" + i + "?a=1&b=2"),
                        null,
                        null,
                        null,
                        i + ".epub",
                        1_000L * i,
                        "application/epub+zip",
                        Samples.EXPIRES))
                .toArray(Link[]::new);

        MailRoundTrip.ReceivedMail mail = mails.send(Samples.delivery(Purpose.PURCHASE, ANA, null, items));

        for (int i = 1; i <= 20; i++) {
            assertThat(mail.text())
                    .contains("Book " + i + " (EPUB · " + i + "\u00a0kB)", "https://s3.example/" + i + "?a=1&b=2");
            assertThat(mail.html()).contains(">Book " + i + "<", "https://s3.example/" + i + "?a=1&amp;b=2");
        }
    }

    @Test
    void anUploadMailStatesItsTerms() throws Exception {
        MailRoundTrip.ReceivedMail mail = mails.send(
                Samples.delivery(Purpose.UPLOAD, ANA, null, Samples.uploadPage("https://acme.example/u/0123")));

        assertThat(mail.parsed().getSubject()).isEqualTo("Acme <Contracts> asks you for a file");
        assertThat(mail.text())
                .contains(
                        "https://acme.example/u/0123",
                        "PDF, JPEG",
                        "25\u00a0MB at most",
                        "22 November 2026, 09:00 UTC");
    }

    @Test
    void aMailLoadsNoRemoteContent() throws Exception {
        String html = mails.send(Samples.delivery(Purpose.DOWNLOAD, ANA, MESSAGE, link()))
                .html();

        assertThat(html).doesNotContain("<img", "url(", "@import", "<link", "<script", "src=");
    }

    @Test
    void namesAndTextsCannotInjectMarkupOrHeaders() throws Exception {
        Recipient hostile = new Recipient("ana@example.com", "Ana\r\nBcc: a@b.example <script>", "en", null);
        MessageText message = new MessageText("Hi\r\nBcc: c@d.example\r\n\r\nbody", "<img src=x onerror=alert(1)>");

        MailRoundTrip.ReceivedMail mail = mails.send(Samples.delivery(
                Purpose.DOWNLOAD,
                hostile,
                message,
                Samples.download("<b>evil\u202Efdp.exe", "https://s3.example/a?b")));

        assertThat(mail.header("Bcc")).isNull();
        assertThat(mail.parsed().getAllRecipients()).hasSize(1);
        assertThat(mail.parsed().getSubject()).isEqualTo("Hi Bcc: c@d.example body");
        assertThat(mail.html())
                .contains("&lt;img src=x onerror=alert(1)&gt;", "Acme &lt;Contracts&gt;")
                .doesNotContain("<img", "<b>", "<script", "\u202E");
        assertThat(mail.text()).contains("<img src=x").doesNotContain("\u202E");
    }

    @Test
    void aNameThatLooksLikeAnAddressIsNotUsed() throws Exception {
        Recipient posing = new Recipient("ana@example.com", "ceo@bank.example", "en", null);

        MailRoundTrip.ReceivedMail mail = mails.send(Samples.delivery(Purpose.DOWNLOAD, posing, null, link()));

        assertThat(mail.header("To")).isEqualTo("ana@example.com");
        assertThat(mail.text()).contains("Hello,").doesNotContain("ceo@bank.example");
    }

    @Test
    void theTextOfMailContentContainsNoLinks() {
        MailContent content = mails.writer().write(Samples.delivery(Purpose.DOWNLOAD, ANA, null, link()));

        assertThat(content.toString()).doesNotContain("https:");
        assertThat(content.items())
                .singleElement()
                .extracting(MailContent.Item::button)
                .extracting(MailContent.Button::url)
                .isEqualTo("https://s3.example/a?X-Amz-Signature=1");
    }

    /** Searching for a service provider opens every jar, which takes longer than composing the mail. */
    @Test
    void composingAMailDoesNotSearchTheClassPath() throws Exception {
        Delivery delivery = Samples.delivery(Purpose.DOWNLOAD, ANA, MESSAGE, link());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        Searches searches = new Searches(before);

        thread.setContextClassLoader(searches);
        try {
            mails.send(delivery);
            searches.names.clear();
            mails.send(delivery);
        } finally {
            thread.setContextClassLoader(before);
        }

        assertThat(searches.names).isEmpty();
    }

    private static Link link() {
        return Samples.download("Contract Lima.pdf", "https://s3.example/a?X-Amz-Signature=1");
    }

    /** Records the names of the resources that are searched in all jars. */
    private static final class Searches extends ClassLoader {

        private final List<String> names = new ArrayList<>();

        Searches(ClassLoader parent) {
            super(parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            names.add(name);
            return super.getResources(name);
        }
    }
}
