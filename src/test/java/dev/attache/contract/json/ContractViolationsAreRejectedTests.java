package dev.attache.contract.json;

import static dev.attache.contract.json.EventFixtures.DOWNLOAD;
import static dev.attache.contract.json.EventFixtures.NEWSLETTER;
import static dev.attache.contract.json.EventFixtures.UPLOAD;
import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.EventFixtures.quoted;
import static dev.attache.contract.json.EventFixtures.with;
import static dev.attache.contract.json.EventFixtures.without;
import static dev.attache.contract.json.Rejections.SECRET;
import static dev.attache.contract.json.Rejections.rejection;
import static dev.attache.contract.value.RejectionCode.ADDRESS_INVALID;
import static dev.attache.contract.value.RejectionCode.CONTRACT_VIOLATION;
import static dev.attache.contract.value.RejectionCode.MALFORMED;
import static dev.attache.contract.value.RejectionCode.UNKNOWN_TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.attache.contract.EventType;
import dev.attache.contract.value.RejectedException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that breaks its schema gets its code, and a detail that names the place and never the value. */
class ContractViolationsAreRejectedTests {

    static Stream<Arguments> unknownTypes() {
        return Stream.of(
                argumentSet("absent", without(DOWNLOAD, "/type")),
                argumentSet("null", with(DOWNLOAD, "/type", "null")),
                argumentSet("another of ours", with(DOWNLOAD, "/type", "\"link.issued\"")),
                argumentSet("unknown", with(DOWNLOAD, "/type", "\"" + SECRET + "\"")),
                argumentSet("other case", with(DOWNLOAD, "/type", "\"Attachment.Requested\"")),
                argumentSet("not a string", with(DOWNLOAD, "/type", "7")),
                argumentSet("empty object", "{}"));
    }

    @ParameterizedTest
    @MethodSource("unknownTypes")
    void unknownType(String body) {
        RejectedException rejected = rejection(bytes(body), EventType.ATTACHMENT_REQUESTED);

        assertThat(rejected.code()).isEqualTo(UNKNOWN_TYPE);
        assertThat(rejected.detail()).contains("$.type", "attachment.requested").doesNotContain(SECRET);
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                argumentSet("no specversion", without(DOWNLOAD, "/specversion"), "$.specversion is required"),
                argumentSet(
                        "other specversion", with(DOWNLOAD, "/specversion", "\"0.3\""), "$.specversion must be 1.0"),
                argumentSet("no id", without(DOWNLOAD, "/id"), "$.id is required"),
                argumentSet("null id", with(DOWNLOAD, "/id", "null"), "$.id is required"),
                argumentSet("empty id", with(DOWNLOAD, "/id", "\"\""), "$.id"),
                argumentSet("numeric id", with(DOWNLOAD, "/id", "7"), "$.id must be of type string"),
                argumentSet("long id", with(DOWNLOAD, "/id", quoted("i".repeat(257))), "$.id must have at most 256"),
                argumentSet("line end in id", with(DOWNLOAD, "/id", "\"a\\r\\nb\""), "$.id must be one line"),
                argumentSet("line end at the end of id", with(DOWNLOAD, "/id", "\"ab\\n\""), "$.id must be one line"),
                argumentSet("no source", without(DOWNLOAD, "/source"), "$.source is required"),
                argumentSet("control in source", with(DOWNLOAD, "/source", "\"c\\u0000rm\""), "$.source"),
                argumentSet("time of another form", with(DOWNLOAD, "/time", "\"21.11.2026\""), "$.time"),
                argumentSet("time without zone", with(DOWNLOAD, "/time", "\"2026-11-21T09:00:00\""), "$.time"),
                argumentSet("no such day", with(DOWNLOAD, "/time", "\"2026-02-30T09:00:00Z\""), "$.time"),
                argumentSet("no data", without(DOWNLOAD, "/data"), "$.data is required"),
                argumentSet("data is text", with(DOWNLOAD, "/data", quoted("{}")), "$.data must be of type object"),
                argumentSet("no direction", without(DOWNLOAD, "/data/direction"), "$.data.direction is required"),
                argumentSet(
                        "unknown direction",
                        with(DOWNLOAD, "/data/direction", "\"up\""),
                        "$.data.direction must be one of"),
                argumentSet(
                        "unknown channel",
                        with(DOWNLOAD, "/data/channel", "\"pigeon\""),
                        "$.data.channel must be one of"),
                argumentSet(
                        "download without attachment",
                        without(DOWNLOAD, "/data/attachment"),
                        "$.data.attachment is required"),
                argumentSet(
                        "download with upload", with(DOWNLOAD, "/data/upload", "{}"), "$.data.upload must be absent"),
                argumentSet("upload without upload", without(UPLOAD, "/data/upload"), "$.data.upload is required"),
                argumentSet(
                        "upload with attachment",
                        with(UPLOAD, "/data/attachment", "{\"key\":\"k\"}"),
                        "$.data.attachment must be absent"),
                argumentSet("nobody", without(DOWNLOAD, "/data/recipients"), "recipients or recipientList is required"),
                argumentSet(
                        "empty list", with(DOWNLOAD, "/data/recipients", "[]"), "$.data.recipients must have an entry"),
                argumentSet(
                        "both lists",
                        with(DOWNLOAD, "/data/recipientList", "{\"key\":\"k\"}"),
                        "$.data.recipients must be absent"),
                argumentSet(
                        "recipients on event",
                        with(DOWNLOAD, "/data/channel", "\"event\""),
                        "$.data.recipients must be absent"),
                argumentSet(
                        "recipient list on event",
                        with(
                                without(with(DOWNLOAD, "/data/channel", "\"event\""), "/data/recipients"),
                                "/data/recipientList",
                                "{\"key\":\"k\"}"),
                        "$.data.recipientList must be absent"),
                argumentSet("recipient is a number", with(DOWNLOAD, "/data/recipients/0", "7"), "$.data.recipients[0]"),
                argumentSet(
                        "recipient without address",
                        with(DOWNLOAD, "/data/recipients/0", "{}"),
                        "$.data.recipients[0].address is required"),
                argumentSet(
                        "line end in a name",
                        with(DOWNLOAD, "/data/recipients/0/name", "\"A\\nBcc: b@example.com\""),
                        "$.data.recipients[0].name must be one line"),
                argumentSet(
                        "locale", with(DOWNLOAD, "/data/recipients/0/locale", "\"pt_BR\""), "locale must be a BCP 47"),
                argumentSet(
                        "time zone",
                        with(DOWNLOAD, "/data/recipients/0/timeZone", "\"../etc\""),
                        "timeZone must be an IANA"),
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
                        "size beyond all",
                        with(UPLOAD, "/data/upload/contentLength", "1e30"),
                        "a number is larger than can be read"),
                argumentSet(
                        "huge size",
                        with(UPLOAD, "/data/upload/contentLength", "9".repeat(60)),
                        "contentLength must be at most"),
                argumentSet("sha256", with(UPLOAD, "/data/upload/sha256", quoted("g".repeat(64))), "64 hexadecimal"),
                argumentSet(
                        "sha256 and a line end",
                        with(UPLOAD, "/data/upload/sha256", quoted("a".repeat(64) + "\n")),
                        "64 hexadecimal"));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void contractViolation(String body, String detail) {
        RejectedException rejected = rejection(bytes(body), EventType.ATTACHMENT_REQUESTED);

        assertThat(rejected.code()).isEqualTo(CONTRACT_VIOLATION);
        assertThat(rejected.detail()).contains(detail);
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
    void hugeExponentIsRejectedAtOnce(String number) {
        RejectedException rejected = rejection(
                bytes(UPLOAD.replace("\"maxBytes\":1000", "\"maxBytes\":" + number)), EventType.ATTACHMENT_REQUESTED);

        assertThat(rejected.code()).isIn(CONTRACT_VIOLATION, MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/id",
                "/source",
                "/subject",
                "/time",
                "/data/direction",
                "/data/channel",
                "/data/expiresIn",
                "/data/attachment/key",
                "/data/attachment/bucket",
                "/data/attachment/fileName",
                "/data/recipients/0/name",
                "/data/recipients/0/locale",
                "/data/recipients/0/timeZone",
                "/data/recipients/0/address",
                "/data/message/subject",
                "/data/message/text",
                "/data/campaign/id",
                "/data/campaign/unsubscribeUrl",
                "/data/recipients/0"
            })
    void longValueIsRejectedWithoutEchoAndWithoutOverflow(String pointer) {
        String event = with(NEWSLETTER, "/data/recipients/0", "{\"address\":\"ana@example.com\"}");
        for (String unit : new String[] {SECRET, "{recipient}", "-a", "/a", "a.", "1", "\n", "\uD83D\uDE00"}) {
            String value = "https://" + SECRET + "/" + unit.repeat(250_000 / bytes(quoted(unit)).length);
            RejectedException rejected = rejection(
                    bytes(with(with(event, "/data/message", "{}"), pointer, quoted(value))),
                    EventType.ATTACHMENT_REQUESTED);

            assertThat(rejected.code()).isIn(CONTRACT_VIOLATION, ADDRESS_INVALID);
            assertThat(rejected.detail()).doesNotContain(SECRET).hasSizeLessThan(1000);
        }
    }

    @Test
    void detailNamesTheFirstThreeErrorsAndCountsTheRest() {
        String body = "{\"type\":\"attachment.requested\",\"data\":{}}";

        String detail = rejection(bytes(body), EventType.ATTACHMENT_REQUESTED).detail();

        assertThat(detail).matches("[^;]+; [^;]+; [^;]+; and \\d more");
    }
}
