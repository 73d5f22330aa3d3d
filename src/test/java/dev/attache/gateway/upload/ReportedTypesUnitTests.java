package dev.attache.gateway.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.contract.value.UploadTerms;
import dev.attache.ledger.UploadBuilder;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types that systems report under other names than the request asks for. */
class ReportedTypesUnitTests {

    private static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "report.csv,    application/vnd.ms-excel,     text/csv",
        "REPORT.CSV,    application/vnd.ms-excel,     text/csv",
        "report.csv,    text/comma-separated-values,  text/csv",
        "all.zip,       application/x-zip-compressed, application/zip",
        "talk.mp3,      audio/mp3,                    audio/mpeg",
        "talk.m4a,      audio/x-m4a,                  audio/mp4",
        "film.m4v,      video/x-m4v,                  video/mp4",
        "data.xml,      text/xml,                     application/xml",
        "data.xml,      application/xml,              text/xml",
        "photo.jpg,     image/pjpeg,                  image/jpeg",
        "photo.jfif,    image/jpg,                    image/jpeg",
        "dump.gz,       application/x-gzip,           application/gzip",
        "dump.tgz,      application/x-compressed,     application/gzip",
        "talk.wav,      audio/wav,                    audio/x-wav",
        "talk.wav,      audio/x-wav,                  audio/wav",
        "talk.flac,     audio/x-flac,                 audio/flac",
        "talk.aac,      audio/vnd.dlna.adts,          audio/aac",
        "talk.ogg,      video/ogg,                    audio/ogg",
        "letter.rtf,    application/msword,           application/rtf",
        "settings.yml,  text/x-yaml,                  application/yaml",
        "film.avi,      video/avi,                    video/x-msvideo",
        "person.vcf,    text/x-vcard,                 text/vcard",
        "old.rar,       application/x-rar,            application/vnd.rar",
        "report.csv,    application/vnd.ms-excel,     text/*"
    })
    void aTypeUnderAnotherNameIsSignedAsTheRequestAsksForIt(String name, String reported, String asked) {
        String expected = asked.equals("text/*") ? "text/csv" : asked;

        assertThat(signed(name, reported, asked)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "report.xls,  application/vnd.ms-excel,     text/csv",
        "report,      application/vnd.ms-excel,     text/csv",
        "report.csv,  application/vnd.ms-excel,     application/pdf",
        "report.csv,  application/pdf,              text/csv",
        "report.doc,  application/msword,           application/rtf",
        "report.docx, application/x-zip-compressed, application/zip",
        "film.ogv,    video/ogg,                    audio/ogg"
    })
    void aFileWhoseEndingDoesNotFitIsRefused(String name, String reported, String asked) {
        assertThatThrownBy(() -> signed(name, reported, asked))
                .isInstanceOfSatisfying(
                        UploadRefusedException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(UploadProblem.CONTENT_TYPE_NOT_ALLOWED));
    }

    @ParameterizedTest
    @CsvSource({"talk.wav, audio/wav", "data.xml, text/xml", "photo.jfif, image/jpeg", "old.rar, application/vnd.rar"})
    void aFileWithoutATypeIsSignedUnderTheNameThatTheRequestAsksFor(String name, String asked) {
        assertThat(signed(name, "", asked)).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({"image/jpeg, .jfif", "application/gzip, .tgz", "application/vnd.rar, .rar", "text/vcard, .vcf"})
    void thePageLeavesFilesWithSuchAnEndingToTheServer(String asked, String ending) {
        assertThat(FileExtensions.endings(List.of(asked))).contains(ending);
        assertThat(FileExtensions.endings(List.of("text/csv"))).containsExactly(".csv");
    }

    @Test
    void theEndingDecidesIfTheRequestAcceptsBothTypes() {
        assertThat(signed("report.csv", "application/vnd.ms-excel", "application/vnd.ms-excel", "text/csv"))
                .isEqualTo("text/csv");
        assertThat(signed("report.xls", "application/vnd.ms-excel", "application/vnd.ms-excel", "text/csv"))
                .isEqualTo("application/vnd.ms-excel");
    }

    @Test
    void aReportedNameThatTheRequestAcceptsStays() {
        assertThat(signed("data.xml", "text/xml", "application/xml", "text/xml"))
                .isEqualTo("text/xml");
    }

    private static String signed(String name, String reported, String... asked) {
        return FileRules.contentType(
                UploadBuilder.upload(UUID.randomUUID(), NOW, NOW.plusSeconds(60))
                        .terms(new UploadTerms(List.of(asked), 25_000_000, null, null, null))
                        .build(),
                new FileDescription(name, 10L, reported, null));
    }
}
