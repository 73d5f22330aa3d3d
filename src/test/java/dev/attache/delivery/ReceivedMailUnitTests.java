package dev.attache.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.ReceivedUpload;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.SignedUrl;
import dev.attache.delivery.mail.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The receipt for the person who uploaded, and the mail to the people who wait for the files. */
class ReceivedMailUnitTests {

    private static final Recipient ANA = new Recipient("ana@example.com", "Ana Lima", "pt-BR", "America/Sao_Paulo");

    private static final Instant RECEIVED = Instant.parse("2026-11-21T08:30:00Z");

    private final MailRoundTrip mails = new MailRoundTrip();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        en    | has received your file    | your file has arrived       | Received on  | 21 November 2026, 09:30 CET
        de    | hat Ihre Datei erhalten   | Ihre Datei angekommen       | Empfangen am | 21. November 2026, 09:30 MEZ
        fr    | a reçu votre fichier      | votre fichier est bien      | Reçu le      | 21 novembre 2026 à 09:30 CET
        es    | ha recibido su archivo    | su archivo ha llegado       | Recibido el  | 21 de noviembre de 2026, 9:30 CET
        pt-BR | recebeu seu arquivo       | seu arquivo chegou          | Recebido em  | 21 de novembro de 2026 às 09:30 CET
        pt-PT | recebeu o seu ficheiro    | o seu ficheiro chegou       | Recebido em  | 21 de novembro de 2026 às 09:30 CET
        """)
    void aReceiptStatesFileSizeTimeAndReference(String language, String heading, String text, String label, String time)
            throws Exception {
        MailRoundTrip.ReceivedMail mail =
                mails.send(receipt(new Recipient("ana@example.com", "Ana", language, "Europe/Berlin"), 1));

        assertThat(mail.parsed().getSubject())
                .contains("Acme <Contracts> " + heading)
                .contains("(7K3M-9QXT)")
                .contains("Your signed contract");
        for (String part : List.of(mail.text(), mail.html())) {
            assertThat(part)
                    .contains(heading, text, label, "Contract 1.pdf", "PDF · 48", "7K3M-9QXT", "Your signed contract")
                    .contains(time)
                    .doesNotContain("??");
        }
    }

    @Test
    void aReceiptHasNoLinkToTheFile() throws Exception {
        for (int files : new int[] {1, 3}) {
            MailRoundTrip.ReceivedMail mail = mails.send(receipt(ANA, files));

            assertThat(mail.text()).doesNotContain("http");
            assertThat(mail.html()).doesNotContain("href");
        }
    }

    @Test
    void aReceiptForSeveralFilesStatesTheTimeOfEach() throws Exception {
        MailRoundTrip.ReceivedMail mail = mails.send(receipt(new Recipient("ana@example.com"), 3));

        assertThat(mail.parsed().getSubject()).contains("has received your 3 files");
        for (String part : List.of(mail.text(), mail.html())) {
            assertThat(part)
                    .contains("your files have arrived")
                    .containsSubsequence(
                            "Contract 1.pdf",
                            "21 November 2026, 08:30 UTC",
                            "Contract 2.pdf",
                            "21 November 2026, 08:31 UTC",
                            "Contract 3.pdf",
                            "21 November 2026, 08:32 UTC")
                    .doesNotContain("Received on");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        en    | 1 | Ana Lima has sent a file           | The file that you were waiting for
        en    | 2 | Ana Lima has sent 2 files          | The files that you were waiting for
        de    | 1 | Ana Lima hat eine Datei geschickt  | Die Datei, auf die Sie gewartet haben
        de    | 2 | Ana Lima hat 2 Dateien geschickt   | Die Dateien, auf die Sie gewartet haben
        fr    | 2 | Ana Lima a envoyé 2 fichiers       | Les fichiers que vous attendiez
        es    | 2 | Ana Lima ha enviado 2 archivos     | Los archivos que esperaba
        pt-BR | 2 | Ana Lima enviou 2 arquivos         | Os arquivos que você esperava
        pt-PT | 2 | Ana Lima enviou 2 ficheiros        | Os ficheiros de que estava à espera
        """)
    void theMailAboutAnArrivalSaysWhoSentTheFilesForWhichRequest(
            String language, int files, String subject, String text) throws Exception {
        MailRoundTrip.ReceivedMail mail =
                mails.send(arrival(new Recipient("desk@example.com", null, language, null), ANA, files));

        assertThat(mail.parsed().getSubject())
                .startsWith(subject + " (7K3M-9QXT)")
                .endsWith("Your signed contract");
        for (String part : List.of(mail.text(), mail.html())) {
            assertThat(part)
                    .contains(subject, text, "Ana Lima (ana@example.com)", "Your signed contract", "7K3M-9QXT")
                    .contains(Samples.PAGE_URL)
                    .doesNotContain("??");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        en    | If it has expired, ask Acme <Contracts> for a new one.
        de    | Wenn er abgelaufen ist, bitten Sie Acme <Contracts> um einen neuen.
        fr    | S’il a expiré, demandez-en un nouveau à Acme <Contracts>.
        es    | Si ha caducado, pida otro a Acme <Contracts>.
        pt-BR | Se ele tiver expirado, peça outro a Acme <Contracts>.
        pt-PT | Se tiver expirado, peça outro a Acme <Contracts>.
        """)
    void whoWaitsIsReferredToTheSourceAndNotToThePersonWhoSentTheFile(String language, String note) throws Exception {
        assertThat(mails.send(arrival(new Recipient("desk@example.com", null, language, null), ANA, 1))
                        .text())
                .contains(note);
    }

    @Test
    void aPersonWithoutANameIsNamedByTheAddress() throws Exception {
        MailRoundTrip.ReceivedMail mail =
                mails.send(arrival(new Recipient("desk@example.com"), new Recipient("ana@example.com"), 1));

        assertThat(mail.parsed().getSubject()).startsWith("ana@example.com has sent a file (7K3M-9QXT)");
        assertThat(mail.text()).contains("From: ana@example.com");
    }

    @Test
    void anArrivalFromAProgramNamesNobody() throws Exception {
        MailRoundTrip.ReceivedMail mail = mails.send(arrival(new Recipient("desk@example.com"), null, 1));

        assertThat(mail.parsed().getSubject()).startsWith("The file for Acme <Contracts> has arrived (7K3M-9QXT)");
        assertThat(mail.text()).contains("Your file has arrived").doesNotContain("From:");
    }

    @Test
    void anArrivalOfAnEarlierReleaseIsMailedWithoutAReference() throws Exception {
        DownloadPage page = Samples.page(Samples.item(null, "a.pdf"));

        MailRoundTrip.ReceivedMail mail = mails.send(
                Samples.pageDelivery(LinkIssued.Purpose.ARRIVAL, new Recipient("desk@example.com"), null, page));

        assertThat(mail.parsed().getSubject()).isEqualTo("The file for Acme <Contracts> has arrived");
        assertThat(mail.text()).contains("Available until").doesNotContain("Reference");
    }

    private static Delivery receipt(Recipient person, int files) {
        return delivery(LinkIssued.receipt("r-1", person, received(person, files), Samples.ISSUED), person);
    }

    private static Delivery arrival(Recipient waiting, @Nullable Recipient sender, int files) {
        DownloadPage page = Samples.page(IntStream.rangeClosed(1, files)
                .mapToObj(i -> Samples.item(null, "Contract " + i + ".pdf"))
                .toArray(DownloadPage.Item[]::new));
        return delivery(
                LinkIssued.arrived(
                        "r-1",
                        waiting,
                        List.of(Link.downloadPage(new SignedUrl(Samples.PAGE_URL), null, page.expiresAt())),
                        page,
                        received(sender, files),
                        Samples.ISSUED),
                waiting);
    }

    private static Delivery delivery(LinkIssued issued, Recipient recipient) {
        return new Delivery(Samples.ID, new Samples.Acme(), null, issued, recipient);
    }

    private static ReceivedUpload received(@Nullable Recipient sender, int files) {
        return new ReceivedUpload(
                "7K3M-9QXT",
                "Your signed contract",
                sender,
                IntStream.rangeClosed(1, files)
                        .mapToObj(i -> new ReceivedUpload.File(
                                "Contract " + i + ".pdf",
                                48_211,
                                "application/pdf",
                                RECEIVED.plusSeconds(60L * i - 60)))
                        .toList());
    }
}
