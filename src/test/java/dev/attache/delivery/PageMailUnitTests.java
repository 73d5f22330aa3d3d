package dev.attache.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.Recipient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mails with a link to a download page. */
class PageMailUnitTests {

    /** Gmail clips longer mails, and hides what stands last. */
    private static final int CLIPPED = 100_000;

    private static final Recipient ANA = new Recipient("ana@example.com", "Ana Lima", "en", null);

    private final MailRoundTrip mails = new MailRoundTrip();

    @Test
    void aPurchaseOf50ItemsIsOneLinkInLessThan100Kilobytes() throws Exception {
        MailRoundTrip.ReceivedMail mail = mails.send(
                Samples.pageDelivery(Purpose.PURCHASE, ANA, null, Samples.page(items(50, "Book %d, revised edition"))));

        assertThat(mail.html()).containsOnlyOnce(Samples.PAGE_URL).containsOnlyOnce("href=");
        assertThat(mail.html().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(CLIPPED);
        assertThat(mail.text()).containsOnlyOnce(Samples.PAGE_URL);
        for (int i = 1; i <= 50; i++) {
            assertThat(mail.text()).contains("Book " + i + ", revised edition (PDF · 48\u00a0kB)");
            assertThat(mail.html()).contains(">Book " + i + ", revised edition<");
        }
    }

    @Test
    void aMailWithTheLongestTitlesIsNotClipped() throws Exception {
        String longest = "😀".repeat(200);

        MailRoundTrip.ReceivedMail mail =
                mails.send(Samples.pageDelivery(Purpose.PURCHASE, ANA, null, Samples.page(items(100, longest))));

        assertThat(mail.html().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(CLIPPED);
        assertThat(mail.html()).contains("and 50 more on the download page");
        assertThat(mail.text()).contains("and 50 more on the download page");
    }

    @Test
    void aSingleFileIsNamedWithItsTypeAndSizeBesideTheLinkToItsPage() throws Exception {
        MailRoundTrip.ReceivedMail mail = mails.send(
                Samples.pageDelivery(Purpose.DOWNLOAD, ANA, null, Samples.page(Samples.item(null, "Contract.pdf"))));

        assertThat(mail.text().lines().toList())
                .containsSequence("Contract.pdf (PDF · 48\u00a0kB)", "Go to download:", Samples.PAGE_URL);
        assertThat(mail.html()).contains(">Contract.pdf<", "PDF · 48\u00a0kB", "href=\"" + Samples.PAGE_URL + "\"");
    }

    @Test
    void aPurchaseStatesOrderDateAndExpiryBeforeTheList() throws Exception {
        Recipient berlin = new Recipient("ana@example.com", null, "de", "Europe/Berlin");
        DownloadPage page = with(items(2, "Buch %d"), null, false, false);

        MailRoundTrip.ReceivedMail mail = mails.send(Samples.pageDelivery(Purpose.PURCHASE, berlin, null, page));

        for (String part : new String[] {mail.text(), mail.html()}) {
            assertThat(part)
                    .containsSubsequence(
                            "Bestellnummer",
                            "A-4711",
                            "Bestellt am",
                            "21. November 2026, 00:30 MEZ",
                            "Verfügbar bis",
                            "22. November 2026, 10:00 MEZ",
                            "Buch 1",
                            "Buch 2");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        1 | -    | true  | You can download the file once.
        2 | -    | true  | You can download each file once.
        1 | 1    | false | You can download the file once.
        1 | 3    | false | You can download the file 3 times.
        2 | 1000 | false | You can download each file 1,000 times.
        """)
    void limitsAreStatedInWords(int items, @Nullable Integer maxDownloads, boolean oneTime, String limit)
            throws Exception {
        DownloadPage page = with(items(items, "Book %d"), maxDownloads, oneTime, false);

        MailRoundTrip.ReceivedMail mail = mails.send(Samples.pageDelivery(Purpose.PURCHASE, ANA, null, page));

        assertThat(mail.text()).contains(limit).doesNotContain("asked for your");
        assertThat(mail.html()).contains(limit).doesNotContain("asked for your");
    }

    @Test
    void aMailSaysThatThePageAsksForTheAddress() throws Exception {
        DownloadPage page = with(items(1, "Book %d"), null, false, true);

        MailRoundTrip.ReceivedMail mail = mails.send(Samples.pageDelivery(Purpose.DOWNLOAD, ANA, null, page));

        assertThat(mail.text())
                .contains("you will be asked for your email address")
                .doesNotContain("You can download");
        assertThat(mail.html()).contains("you will be asked for your email address");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        REMINDER | en | Reminder: Your contract     | You have not yet downloaded the file from Acme <Contracts>.
        REMINDER | de | Erinnerung: Your contract   | Sie haben die Datei von Acme <Contracts> noch nicht
        REMINDER | fr | Rappel\u00a0: Your contract | Vous n’avez pas encore téléchargé le fichier envoyé par Acme
        REMINDER | es | Recordatorio: Your contract | Todavía no ha descargado el archivo de Acme <Contracts>.
        REMINDER | pt | Lembrete: Your contract     | Você ainda não baixou o arquivo de Acme <Contracts>.
        RENEWAL  | en | New link: Your contract     | A new link to your download from Acme <Contracts> was requested.
        RENEWAL  | de | Neuer Link: Your contract   | Für Ihren Download von Acme <Contracts> wurde ein neuer Link
        RENEWAL  | fr | Nouveau lien\u00a0: Your contract | Un nouveau lien vers le fichier envoyé par Acme <Contracts> a été
        RENEWAL  | es | Nuevo enlace: Your contract | Se ha pedido un nuevo enlace para su descarga de Acme <Contracts>.
        RENEWAL  | pt | Novo link: Your contract    | Um novo link para seu download de Acme <Contracts> foi pedido.
        """)
    void aReminderOrRenewalSaysWhyThereIsAnotherMail(Purpose purpose, String language, String subject, String text)
            throws Exception {
        Recipient recipient = new Recipient("ana@example.com", null, language, null);
        MessageText message = new MessageText("Your contract", "Please sign it.");

        MailRoundTrip.ReceivedMail mail = mails.send(
                Samples.pageDelivery(purpose, recipient, message, Samples.page(Samples.item(null, "Contract.pdf"))));

        assertThat(mail.parsed().getSubject()).isEqualTo(subject);
        assertThat(mail.text()).containsSubsequence(text, "Please sign it.").doesNotContain("??");
    }

    @ParameterizedTest
    @CsvSource({"REMINDER,Reminder: your download from Acme <Contracts>", "RENEWAL,Your new link from Acme <Contracts>"
    })
    void aReminderOrRenewalOfAMailWithoutASubjectHasOne(Purpose purpose, String subject) throws Exception {
        MailRoundTrip.ReceivedMail mail =
                mails.send(Samples.pageDelivery(purpose, ANA, null, Samples.page(Samples.item(null, "Contract.pdf"))));

        assertThat(mail.parsed().getSubject()).isEqualTo(subject);
    }

    @Test
    void theMailSaysWhereToGetANewLink() throws Exception {
        DownloadPage page = Samples.page(Samples.item(null, "Contract.pdf"));
        Samples.Acme renewing = new Samples.Acme();
        renewing.renewals = 1;

        assertThat(mails.send(Samples.pageDelivery(Purpose.DOWNLOAD, ANA, null, page))
                        .text())
                .contains("ask the sender for a new one");
        assertThat(mails.send(Samples.pageDelivery(renewing, Purpose.DOWNLOAD, ANA, null, page))
                        .text())
                .contains("you can ask for a new one there");
    }

    /** @param title its {@code %d} is replaced by the number of the item */
    private static DownloadPage.Item[] items(int count, String title) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> Samples.item(title.replace("%d", String.valueOf(i)), i + ".pdf"))
                .toArray(DownloadPage.Item[]::new);
    }

    private static DownloadPage with(
            DownloadPage.Item[] items, @Nullable Integer maxDownloads, boolean oneTime, boolean confirmAddress) {
        DownloadPage page = Samples.page(items);
        return new DownloadPage(
                page.items(),
                page.expiresAt(),
                maxDownloads,
                oneTime,
                confirmAddress,
                null,
                false,
                new DownloadPage.Order("A-4711", Instant.parse("2026-11-20T23:30:00Z")));
    }
}
