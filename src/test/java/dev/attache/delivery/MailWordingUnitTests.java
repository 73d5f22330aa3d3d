package dev.attache.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What mails say about one file and about several, and how they name files. */
class MailWordingUnitTests {

    private final MailRoundTrip mails = new MailRoundTrip();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        en    | has sent you a file          | Your file is ready                | Go to download
        de    | hat Ihnen eine Datei         | Ihre Datei liegt                  | Zum Download
        fr    | vous a envoyé un fichier     | Votre fichier est prêt            | Accéder au téléchargement
        es    | le ha enviado un archivo     | Su archivo ya se puede descargar  | Ir a la descarga
        pt-BR | enviou um arquivo            | Seu arquivo está pronto           | Ir para o download
        pt-PT | enviou-lhe um ficheiro       | O seu ficheiro está pronto        | Ir para a transferência
        """)
    void aMailWithAPageOfOneFileSpeaksOfOne(String language, String subject, String text, String action)
            throws Exception {
        assertSaid(page(Purpose.DOWNLOAD, language, 1), subject, text, action);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        en    | has sent you 60 files        | Your files are ready              | Go to downloads
        de    | hat Ihnen 60 Dateien         | Ihre Dateien liegen               | Zu den Downloads
        fr    | vous a envoyé 60 fichiers    | Vos fichiers sont prêts           | Accéder aux téléchargements
        es    | le ha enviado 60 archivos    | Sus archivos ya se pueden         | Ir a las descargas
        pt-BR | enviou 60 arquivos           | Seus arquivos estão prontos       | Ir para os downloads
        pt-PT | enviou-lhe 60 ficheiros      | Os seus ficheiros estão prontos   | Ir para as transferências
        """)
    void aMailWithAPageOfSeveralFilesSpeaksOfAllOfThem(String language, String subject, String text, String action)
            throws Exception {
        assertSaid(page(Purpose.DOWNLOAD, language, 60), subject, text, action);
    }

    private static void assertSaid(MailRoundTrip.ReceivedMail mail, String subject, String text, String action)
            throws Exception {
        assertThat(mail.parsed().getSubject()).contains(subject);
        assertThat(mail.text()).contains(subject, text, action).doesNotContain("??");
        assertThat(mail.html()).contains(subject, text, ">" + action + "<");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        REMINDER | 1 | en    | not yet downloaded the file from
        REMINDER | 2 | en    | not yet downloaded the 2 files from
        REMINDER | 2 | de    | Sie haben die 2 Dateien von
        REMINDER | 2 | fr    | pas encore téléchargé les 2 fichiers
        REMINDER | 2 | es    | no ha descargado los 2 archivos
        REMINDER | 2 | pt-BR | ainda não baixou os 2 arquivos
        REMINDER | 2 | pt-PT | Ainda não transferiu os 2 ficheiros
        RENEWAL  | 1 | en    | A new link to your download from
        RENEWAL  | 2 | en    | A new link to your downloads from
        RENEWAL  | 2 | de    | Für Ihre Downloads
        RENEWAL  | 2 | fr    | Un nouveau lien vers les fichiers
        RENEWAL  | 2 | es    | para sus descargas
        RENEWAL  | 2 | pt-BR | para seus downloads
        RENEWAL  | 2 | pt-PT | para as suas transferências
        """)
    void aReminderOrRenewalSpeaksOfItsNumberOfFiles(Purpose purpose, int files, String language, String text)
            throws Exception {
        assertThat(page(purpose, language, files).text()).contains(text).doesNotContain("??");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        1 | This link is only for you: anyone who has it can open the file.        | do not open the link,
        2 | These links are only for you: anyone who has them can open the files.  | do not open the links,
        """)
    void aMailWithDirectLinksSpeaksOfItsNumberOfLinks(int files, String secret, String unexpected) throws Exception {
        Link[] links = IntStream.rangeClosed(1, files)
                .mapToObj(i -> Samples.download(i + ".pdf", "https://s3.example/" + i))
                .toArray(Link[]::new);

        assertThat(mails.send(Samples.delivery(Purpose.DOWNLOAD, reader("en"), null, links))
                        .text())
                .contains(secret, unexpected);
    }

    @Test
    void aMailWithAPageSpeaksOfOneLink() throws Exception {
        assertThat(page(Purpose.DOWNLOAD, "en", 2).text())
                .contains("This link is only for you", "do not open the link,")
                .doesNotContain("links");
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void noMailLacksAText(Purpose purpose) throws Exception {
        for (String language : new String[] {"en", "de", "fr", "es", "pt-BR", "pt-PT"}) {
            for (int files = 1; files < 3; files++) {
                MailRoundTrip.ReceivedMail mail = page(purpose, language, files);

                assertThat(mail.parsed().getSubject() + mail.text() + mail.html())
                        .as(language)
                        .doesNotContain("??")
                        .doesNotContainPattern("\\{\\d}");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        application/x-other       | Plan.dwg       | en    | Plan.dwg (DWG · 48\u00a0kB)
        -                         | Plan.tar.gz    | en    | Plan.tar.gz (GZ · 48\u00a0kB)
        text/plain; charset=UTF-8 | Notes          | en    | Notes (Text · 48\u00a0kB)
        TEXT/PLAIN                | Notes          | fr    | Notes (Texte · 48\u00a0ko)
        binary/octet-stream       | Report         | en    | Report (48\u00a0kB)
        """)
    void aFileWhoseMediaTypeIsUnknownHasTheTypeOfItsName(
            @Nullable String mediaType, String fileName, String language, String line) throws Exception {
        DownloadPage.Item item = new DownloadPage.Item(
                new ObjectRef("files", "downloads/crm/1", null), null, fileName, 48_211L, mediaType);

        assertThat(mails.send(Samples.pageDelivery(Purpose.DOWNLOAD, reader(language), null, Samples.page(item)))
                        .text()
                        .lines())
                .contains(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u200b", "\u3000\u2060"})
    void aTitleThatNobodyCanSeeIsReplacedByTheFileName(String title) throws Exception {
        DownloadPage page = Samples.page(Samples.item(title, "Contract.pdf"));

        assertThat(mails.send(Samples.pageDelivery(Purpose.DOWNLOAD, reader("en"), null, page))
                        .text())
                .contains("\nContract.pdf (PDF");
    }

    private MailRoundTrip.ReceivedMail page(Purpose purpose, String language, int files) throws Exception {
        DownloadPage page = Samples.page(IntStream.rangeClosed(1, files)
                .mapToObj(i -> Samples.item(null, i + ".pdf"))
                .toArray(DownloadPage.Item[]::new));
        return mails.send(Samples.pageDelivery(purpose, reader(language), null, page));
    }

    private static Recipient reader(String language) {
        return new Recipient("ana@example.com", null, language, null);
    }
}
