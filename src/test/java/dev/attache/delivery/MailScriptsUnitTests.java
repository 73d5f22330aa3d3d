package dev.attache.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.Recipient;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Names and texts of all scripts, and the typography of languages. */
class MailScriptsUnitTests {

    private static final String PERSIAN = "علی\u200cپور";

    private final MailRoundTrip mails = new MailRoundTrip();

    @Test
    void aNameKeepsItsJoiners() throws Exception {
        MailRoundTrip.ReceivedMail mail = send("en", PERSIAN, null, "گزارش " + PERSIAN + ".pdf");

        assertThat(mail.parsed().getAllRecipients()).containsExactly(new InternetAddress("ana@example.com", PERSIAN));
        assertThat(mail.html()).contains(PERSIAN, "گزارش " + PERSIAN + ".pdf");
        assertThat(mail.text()).contains(PERSIAN, "گزارش " + PERSIAN + ".pdf");
    }

    @Test
    void whatPeopleWroteHasItsOwnDirection() throws Exception {
        MailRoundTrip.ReceivedMail mail =
                send("en", "דנה", new MessageText("חוזה", "שלום דנה, הנה החוזה (2 עמודים)."), "חוזה (2).pdf");

        assertThat(mail.html())
                .containsPattern("<p dir=\"auto\"[^>]*>שלום דנה")
                .containsPattern("<strong[^>]* dir=\"auto\"[^>]*>חוזה \\(2\\)\\.pdf<");
        assertThat(mail.html()).contains("Hello \u200e\u2068דנה\u2069,");
        assertThat(mail.text()).contains("\u200e\u2068חוזה (2).pdf\u2069 (PDF · 48\u00a0kB)");
        assertThat(mail.parsed().getSubject()).isEqualTo("חוזה");
    }

    /** RFC 2047, section 5: "Each encoded-word MUST encode an integral number of characters". */
    @Test
    void everyEncodedWordHasWholeCharacters() throws Exception {
        String subject = "👩\u200d👩\u200d👧 " + "😀é".repeat(60);

        MailRoundTrip.ReceivedMail mail = send("en", "Ana", new MessageText(subject, null), "a.pdf");

        List<String> words = Pattern.compile("=\\?[^?]+\\?[^?]+\\?[^?]*\\?=")
                .matcher(mail.header("Subject"))
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(words).hasSizeGreaterThan(3);
        for (String word : words) {
            assertThat(MimeUtility.decodeWord(word)).doesNotContain("\ufffd", "?");
        }
        assertThat(mail.parsed().getSubject()).isEqualTo(subject);
    }

    @Test
    void frenchSignsFollowANoBreakSpace() throws Exception {
        String text = send("fr", "Ana", null, "a.pdf").text();

        assertThat(text.lines()).contains("Accéder au téléchargement\u00a0:");
        assertThat(text).contains("Disponible jusqu’au\u00a0: ");
        assertThat(text.lines().filter(line -> !line.contains("://")))
                .noneMatch(line -> line.matches(".*[^\u00a0\\d][;:!?].*"));
    }

    @Test
    void swissGermanHasNoSharpS() throws Exception {
        Recipient recipient = new Recipient("ana@example.com", "Weiß", "de-CH", null);

        String text = mails.send(Samples.delivery(
                        Purpose.UPLOAD, recipient, null, Samples.uploadPage("https://acme.example/u/0123")))
                .text();

        assertThat(text).contains("Guten Tag Weiß,", "Grösse: ");
    }

    private MailRoundTrip.ReceivedMail send(String locale, String name, @Nullable MessageText message, String fileName)
            throws Exception {
        return mails.send(Samples.pageDelivery(
                Purpose.DOWNLOAD,
                new Recipient("ana@example.com", name, locale, null),
                message,
                Samples.page(Samples.item(null, fileName))));
    }
}
