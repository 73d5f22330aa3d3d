package dev.attache.contract.json;

import static dev.attache.contract.json.EventFixtures.DOWNLOAD;
import static dev.attache.contract.json.EventFixtures.NEWSLETTER;
import static dev.attache.contract.json.EventFixtures.PURCHASE;
import static dev.attache.contract.json.EventFixtures.UPLOAD;
import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.EventFixtures.quoted;
import static dev.attache.contract.json.EventFixtures.with;
import static dev.attache.contract.json.EventFixtures.without;
import static dev.attache.contract.json.Rejections.rejection;
import static dev.attache.contract.value.RejectionCode.CONTRACT_VIOLATION;
import static dev.attache.contract.value.RejectionCode.MALFORMED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.attache.contract.EventType;
import dev.attache.contract.value.RejectedException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Campaigns, attachments, messages and uploads of a request that violate its schema are rejected. */
class RequestContentIsValidatedTests {

    static Stream<Arguments> violations() {
        return Stream.of(
                argumentSet(
                        "newsletter without campaign",
                        without(NEWSLETTER, "/data/campaign"),
                        "$.data.campaign is required"),
                argumentSet(
                        "campaign without URL",
                        without(NEWSLETTER, "/data/campaign/unsubscribeUrl"),
                        "unsubscribeUrl is required"),
                argumentSet(
                        "campaign id of two lines",
                        with(NEWSLETTER, "/data/campaign/id", "\"a\\nb\""),
                        "$.data.campaign.id"),
                argumentSet(
                        "script URL",
                        with(NEWSLETTER, "/data/campaign/unsubscribeUrl", "\"javascript:alert(1)\""),
                        "http"),
                argumentSet(
                        "URL without TLS",
                        with(NEWSLETTER, "/data/campaign/unsubscribeUrl", "\"http://a.example/{recipient}\""),
                        "must be an ASCII https URL"),
                argumentSet(
                        "URL without a host that is one",
                        with(NEWSLETTER, "/data/campaign/unsubscribeUrl", "\"https://a_b.example/{recipient}\""),
                        "https URL with a host"),
                argumentSet(
                        "long URL",
                        with(
                                NEWSLETTER,
                                "/data/campaign/unsubscribeUrl",
                                quoted("https://a.example/" + "u".repeat(883))),
                        "at most 900"),
                argumentSet(
                        "URL that is long with an address in it",
                        with(
                                with(
                                        NEWSLETTER,
                                        "/data/campaign/unsubscribeUrl",
                                        quoted("https://a.example/" + "u".repeat(840) + "{recipient}")),
                                "/data/recipients",
                                "[\"a@b.example\",\"" + "n".repeat(40) + "@example.com\"]"),
                        "$.data.recipients[1]"),
                argumentSet(
                        "URL with line end",
                        with(NEWSLETTER, "/data/campaign/unsubscribeUrl", "\"https://a.example\\n\""),
                        "http"),
                argumentSet(
                        "URL with another placeholder",
                        with(NEWSLETTER, "/data/campaign/unsubscribeUrl", "\"https://a.example/{who}\""),
                        "http"),
                argumentSet("no key", with(DOWNLOAD, "/data/attachment", "{}"), "$.data.attachment.key is required"),
                argumentSet("empty key", with(DOWNLOAD, "/data/attachment/key", "\"\""), "$.data.attachment.key"),
                argumentSet(
                        "long key", with(DOWNLOAD, "/data/attachment/key", quoted("k".repeat(1025))), "at most 1024"),
                argumentSet(
                        "bucket", with(DOWNLOAD, "/data/attachment/bucket", "\"a/b\""), "bucket must be a bucket name"),
                argumentSet(
                        "file name",
                        with(DOWNLOAD, "/data/attachment/fileName", "\"a\\tb\""),
                        "fileName must be one line"),
                argumentSet(
                        "subject",
                        with(DOWNLOAD, "/data/message/subject", "\"a\\r\\nBcc: x\""),
                        "subject must be one line"),
                argumentSet(
                        "line separator",
                        with(DOWNLOAD, "/data/message/subject", "\"a\\u2028b\""),
                        "subject must be one line"),
                argumentSet(
                        "C1 control",
                        with(DOWNLOAD, "/data/message/subject", "\"a\\u0085b\""),
                        "subject must be one line"),
                argumentSet(
                        "bell in text", with(DOWNLOAD, "/data/message/text", "\"a\\u0007b\""), "$.data.message.text"),
                argumentSet(
                        "long text", with(DOWNLOAD, "/data/message/text", quoted("t".repeat(20_001))), "at most 20000"),
                argumentSet(
                        "null where an object belongs",
                        with(DOWNLOAD, "/data/message", "null"),
                        "$.data.message must be of type"),
                argumentSet(
                        "content type",
                        with(UPLOAD, "/data/upload/contentTypes/0", "\"pdf\""),
                        "contentTypes[0] must be a media"),
                argumentSet(
                        "parameter",
                        with(UPLOAD, "/data/upload/contentTypes/0", "\"text/plain; charset=utf-8\""),
                        "media type"),
                argumentSet(
                        "maxBytes 0",
                        with(UPLOAD, "/data/upload/maxBytes", "0"),
                        "$.data.upload.maxBytes must be at least 1"),
                argumentSet(
                        "negative size",
                        with(UPLOAD, "/data/upload/contentLength", "-1"),
                        "contentLength must be at least 0"),
                argumentSet(
                        "half a byte",
                        with(UPLOAD, "/data/upload/contentLength", "1.5"),
                        "contentLength must be of type"),
                argumentSet(
                        "size as text",
                        with(UPLOAD, "/data/upload/contentLength", "\"1\""),
                        "contentLength must be of type"),
                argumentSet(
                        "size beyond all", with(UPLOAD, "/data/upload/contentLength", "1e30"), "a number is too large"),
                argumentSet(
                        "huge size",
                        with(UPLOAD, "/data/upload/contentLength", "9".repeat(60)),
                        "contentLength must be at most"),
                argumentSet(
                        "no file",
                        with(UPLOAD, "/data/upload/maxFiles", "0"),
                        "$.data.upload.maxFiles must be at least 1"),
                argumentSet(
                        "more files than an upload takes",
                        with(UPLOAD, "/data/upload/maxFiles", "51"),
                        "$.data.upload.maxFiles must be at most 50"),
                argumentSet(
                        "several files of one name",
                        with(with(UPLOAD, "/data/upload/maxFiles", "2"), "/data/upload/fileName", "\"a.pdf\""),
                        "$.data.upload.fileName must be absent where maxFiles is more than 1"),
                argumentSet(
                        "several files of one size",
                        with(with(UPLOAD, "/data/upload/maxFiles", "2"), "/data/upload/contentLength", "9"),
                        "$.data.upload.contentLength must be absent where maxFiles is more than 1"),
                argumentSet(
                        "several files with one checksum",
                        with(with(UPLOAD, "/data/upload/maxFiles", "2"), "/data/upload/sha256", quoted("a".repeat(64))),
                        "$.data.upload.sha256 must be absent where maxFiles is more than 1"),
                argumentSet("sha256", with(UPLOAD, "/data/upload/sha256", quoted("g".repeat(64))), "64 hexadecimal"),
                argumentSet(
                        "sha256 and a line end",
                        with(UPLOAD, "/data/upload/sha256", quoted("a".repeat(64) + "\n")),
                        "64 hexadecimal"));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void violationIsRejectedAndNamed(String body, String detail) {
        RejectedException rejected = rejection(bytes(body), EventType.ATTACHMENT_REQUESTED);

        assertThat(rejected.code()).isEqualTo(CONTRACT_VIOLATION);
        assertThat(rejected.detail()).contains(detail);
    }

    /** Spaces, invisible characters, fillers, dots, and paths that end with any of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "\u00a0\u3000",
                "\u200b",
                "\ufeff\u2060\u00ad",
                "\u202e",
                "\u2800\u3164\u115f\u1160\uffa0",
                "\u034f\ufe0f",
                "\ue000",
                ".",
                "...",
                ". .\u200b",
                "a/",
                "a/..",
                "a\\\\ "
            })
    void nameThatNobodyCanSeeIsRejectedWithItsFieldAndTheFix(String name) {
        String fix = "fileName must have a visible character besides dots, after its last slash if it has one;"
                + " or leave it out, and the file keeps its own name";

        assertNameRejected(DOWNLOAD, "/data/attachment/fileName", name, EventType.ATTACHMENT_REQUESTED, fix);
        assertNameRejected(UPLOAD, "/data/upload/fileName", name, EventType.ATTACHMENT_REQUESTED, fix);
        assertNameRejected(PURCHASE, "/data/items/0/attachment/fileName", name, EventType.PURCHASE_COMPLETED, fix);
    }

    private static void assertNameRejected(String body, String path, String name, EventType<?> type, String fix) {
        RejectedException rejected = rejection(bytes(with(body, path, quoted(name))), type);

        assertThat(rejected.code()).isEqualTo(CONTRACT_VIOLATION);
        assertThat(rejected.detail())
                .isEqualTo("$" + path.replace("/0", "[0]").replace('/', '.').replace("fileName", fix));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "-", ".profile", "علی\u200cپور", "契約.pdf", "a/b.pdf", "🙂", " a", "…", "\"", "[1]"})
    void nameThatCanBeSeenIsAccepted(String name) {
        String body = with(DOWNLOAD, "/data/attachment/fileName", quoted(name));

        assertThat(new ValidatingEventCodec()
                        .read(bytes(body), EventType.ATTACHMENT_REQUESTED)
                        .data()
                        .attachment()
                        .fileName())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1d",
                "24h",
                "PT",
                "P",
                "P1DT",
                "PT0S",
                "P0D",
                "-PT1H",
                "PT-1H",
                "P1Y",
                "P1M",
                "P1W",
                "PT1H ",
                "PT1H\n",
                "PT99999999999999999999H",
                "PT1.5H",
                "PT1.0000000001S",
                "\u0661",
                "PT\u0661H",
                ""
            })
    void expiresInIsAPositiveDuration(String duration) {
        RejectedException rejected =
                rejection(bytes(with(DOWNLOAD, "/data/expiresIn", quoted(duration))), EventType.ATTACHMENT_REQUESTED);

        assertThat(rejected.code()).isEqualTo(CONTRACT_VIOLATION);
        assertThat(rejected.detail()).contains("$.data.expiresIn must be an ISO 8601 duration above zero");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e999999999", "1E-999999999", "123456789e999999"})
    void hugeExponentIsRejected(String number) {
        RejectedException rejected = rejection(
                bytes(UPLOAD.replace("\"maxBytes\":1000", "\"maxBytes\":" + number)), EventType.ATTACHMENT_REQUESTED);

        assertThat(rejected.code()).isIn(CONTRACT_VIOLATION, MALFORMED);
    }
}
