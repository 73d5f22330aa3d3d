package dev.attache.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.json.ValidatingEventCodec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDigestTests {

    private static final EventCodec CODEC = new ValidatingEventCodec();

    private static final String DOWNLOAD = """
        {"direction":"download","channel":"newsletter","recipients":["ana@example.com"],"expiresIn":"PT24H",
         "attachment":{"bucket":"files","key":"a/b.pdf","versionId":"v1","fileName":"b.pdf"},
         "message":{"subject":"Yours","text":"Here it is."},
         "campaign":{"id":"winter","unsubscribeUrl":"https://crm.example.com/u"}}\
        """;

    private static final String UPLOAD = """
        {"direction":"upload","channel":"email","recipients":["ana@example.com"],"notify":["x@example.com","y@example.com"],
         "upload":{"fileName":"a.png","contentTypes":["image/png","image/jpeg"],"contentLength":7,"maxBytes":70,
                   "sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}}\
        """;

    private static final String PURCHASE = """
        {"orderId":"1001","purchasedAt":"2026-11-21T09:00:00Z","customer":"bo@example.com",
         "items":[{"sku":"a","title":"One","attachment":{"key":"s/a.epub"}},{"sku":"b","title":"Two","attachment":{"key":"s/b.pdf"}}]}\
        """;

    private static <T> T data(EventType<T> type, String data) {
        return CODEC.read("""
            {"specversion":"1.0","id":"1","source":"crm","type":"%s","data":%s}\
            """.formatted(type.name(), data).getBytes(StandardCharsets.UTF_8), type)
                .data();
    }

    private static String request(String data) {
        return ContentDigest.of(data(EventType.ATTACHMENT_REQUESTED, data));
    }

    private static String purchase(String data) {
        return ContentDigest.of(data(EventType.PURCHASE_COMPLETED, data));
    }

    private static String changed(String text, String from, String to) {
        assertThat(text).contains(from);
        return text.replace(from, to);
    }

    /** Digests must not change without a new version: otherwise redeliveries after an upgrade are rejected. */
    @Test
    void digestsStayTheSameFromReleaseToRelease() {
        assertThat(request(DOWNLOAD)).isEqualTo("1:0vs-ODKEvgg93SeJAlTBpcl6dhM_jejjnG9ClI8uYUg");
        assertThat(request(UPLOAD)).isEqualTo("1:dO8z7yhGFRbKMV5SBPCJ2093u_Zbja3zgxnJ07ztzxY");
        assertThat(purchase(PURCHASE)).isEqualTo("1:FN4waEmtltZxlyNHdg4D68ZxGKXq_iwD8OwB-LDr8Gg");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"download\",\"channel\":\"newsletter\"|\"download\",\"channel\":\"email\"",
                "PT24H|PT25H",
                "\"expiresIn\":\"PT24H\",|''",
                "\"files\"|\"other\"",
                "a/b.pdf|a/c.pdf",
                "\"v1\"|\"v2\"",
                "\"fileName\":\"b.pdf\"|\"fileName\":\"c.pdf\"",
                "\"bucket\":\"files\",|''",
                "Yours|Mine",
                "Here it is.|Here it is",
                "winter|summer",
                "example.com/u|example.com/v"
            })
    void everyFieldOfADownloadChangesTheDigest(String from, String to) {
        assertThat(request(changed(DOWNLOAD, from, to))).isNotEqualTo(request(DOWNLOAD));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.png|b.png",
                "\"image/png\",\"image/jpeg\"|\"image/png\"",
                "\"contentLength\":7,|\"contentLength\":8,",
                "\"maxBytes\":70|\"maxBytes\":71",
                "9f86|8f86",
                "\"upload\":{|\"upload\":{\"maxFiles\":1,",
                "\"upload\":{|\"upload\":{\"receipt\":true,",
                "x@example.com|z@example.com",
                "\"x@example.com\",|''"
            })
    void everyFieldOfAnUploadChangesTheDigest(String from, String to) {
        assertThat(request(changed(UPLOAD, from, to))).isNotEqualTo(request(UPLOAD));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1001|1002",
                "One|Three",
                "s/a.epub|s/c.epub",
                "{\"key\":\"s/a.epub\"}|{\"key\":\"s/a.epub\",\"fileName\":\"a.epub\"}"
            })
    void everyFieldOfAPurchaseChangesTheDigest(String from, String to) {
        assertThat(purchase(changed(PURCHASE, from, to))).isNotEqualTo(purchase(PURCHASE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"maxDownloads\":1}",
                "{\"maxDownloads\":2}",
                "{\"oneTime\":true}",
                "{\"oneTime\":false}",
                "{\"remindBefore\":\"PT1H\"}",
                "{\"confirmAddress\":true}",
                "{\"reportExpiry\":true}"
            })
    void everyOptionOfThePageChangesTheDigest(String page) {
        String withPage = "\"page\":" + page + ",";

        assertThat(request(changed(DOWNLOAD, "\"message\"", withPage + "\"message\"")))
                .isNotEqualTo(request(DOWNLOAD))
                .isNotEqualTo(request(changed(DOWNLOAD, "\"message\"", "\"page\":{\"maxDownloads\":3},\"message\"")));
        assertThat(purchase(changed(PURCHASE, "\"items\"", withPage + "\"items\"")))
                .isNotEqualTo(purchase(PURCHASE));
    }

    @Test
    void textMovedToAnotherFieldChangesTheDigest() {
        String subject = changed(DOWNLOAD, "\"subject\":\"Yours\",\"text\":\"Here it is.\"", "\"subject\":\"Yours\"");
        assertThat(request(changed(subject, "\"subject\"", "\"text\""))).isNotEqualTo(request(subject));
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
        { "campaign" : {"unsubscribeUrl":"https://crm.example.com/u", "id":"winter"}, "message":{"text":"Here it is.","subject":"Yours"},
         "attachment":{"fileName":"b.pdf","versionId":"v1","key":"a/b.pdf","bucket":"files"}, "expiresIn":"P1D",
         "recipients":["bo@example.com",{"address":"ana@example.com","name":"Ana"}],"channel":"newsletter","direction":"download"}\
        """, """
            {"direction":"download","channel":"newsletter","recipientList":{"key":"lists/a.ndjson"},"expiresIn":"PT1440M","notify":[],
             "attachment":{"bucket":"files","key":"a\\u002fb.pdf","versionId":"v1","fileName":"b.pdf"},
             "message":{"subject":"Yours","text":"Here it is."},
             "campaign":{"id":"winter","unsubscribeUrl":"https://crm.example.com/u"}}\
            """})
    void otherSpellingsAndRecipientsDoNotChangeTheDigest(String same) {
        assertThat(request(same)).isEqualTo(request(DOWNLOAD));
    }

    @Test
    void spellingAndDuplicatesInNotifyDoNotChangeTheDigest() {
        String otherwise = "\"X@EXAMPLE.com\",\"y@example.com\",\"x@example.com\"";
        assertThat(request(changed(UPLOAD, "\"x@example.com\",\"y@example.com\"", otherwise)))
                .isEqualTo(request(UPLOAD));
    }

    @Test
    void orderOfNotifyDoesNotChangeTheDigest() {
        String otherwise = "\"y@example.com\",{\"address\":\"x@example.com\",\"name\":\"X\"}";
        assertThat(request(changed(UPLOAD, "\"x@example.com\",\"y@example.com\"", otherwise)))
                .isEqualTo(request(UPLOAD));
    }

    @Test
    void messageWithoutTextsDoesNotChangeTheDigest() {
        String none = changed(UPLOAD, "\"upload\":{", "\"message\":{},\"upload\":{");
        assertThat(request(none)).isEqualTo(request(UPLOAD));
    }

    @Test
    void onlyKnownDigestsOfOneVersionDiffer() {
        assertThat(ContentDigest.differ("1:a", "1:b")).isTrue();
        assertThat(ContentDigest.differ("1:a", "1:a")).isFalse();
        assertThat(ContentDigest.differ("1:a", "2:b")).isFalse();
        assertThat(ContentDigest.differ(null, "1:b")).isFalse();
        assertThat(ContentDigest.differ("1:a", null)).isFalse();
    }
}
