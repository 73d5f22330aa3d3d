package dev.attache.contract;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.attache.contract.EventFixtures.DOWNLOAD;
import static dev.attache.contract.EventFixtures.NEWSLETTER;
import static dev.attache.contract.EventFixtures.PURCHASE;
import static dev.attache.contract.EventFixtures.UPLOAD;
import static dev.attache.contract.EventFixtures.addresses;
import static dev.attache.contract.EventFixtures.bytes;
import static dev.attache.contract.EventFixtures.quoted;
import static dev.attache.contract.EventFixtures.with;
import static dev.attache.contract.EventFixtures.without;
import static dev.attache.contract.RejectionCode.ADDRESS_INVALID;
import static dev.attache.contract.RejectionCode.CONTRACT_VIOLATION;
import static dev.attache.contract.RejectionCode.MALFORMED;
import static dev.attache.contract.RejectionCode.TOO_MANY_RECIPIENTS;
import static dev.attache.contract.RejectionCode.UNKNOWN_TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/** Bad input of every kind gets its code, and a detail that names the place. */
class BadInputIsRejectedTests {

    private static final JsonEventCodec CODEC = new JsonEventCodec();
    private static final String SECRET = "s3cr3t";

    static Stream<Arguments> malformed() {
        return Stream.of(
                argumentSet("empty", ""),
                argumentSet("blank", " \n\t"),
                argumentSet("not JSON", "hello " + SECRET),
                argumentSet("truncated", DOWNLOAD.substring(0, DOWNLOAD.length() - 2)),
                argumentSet("trailing token", DOWNLOAD + "{}"),
                argumentSet("trailing rubbish", DOWNLOAD + SECRET),
                argumentSet("array", "[" + DOWNLOAD + "]"),
                argumentSet("string", quoted(DOWNLOAD)),
                argumentSet("number", "42"),
                argumentSet("null", "null"),
                argumentSet("empty array", "[]"),
                argumentSet("byte order mark", "\uFEFF" + DOWNLOAD),
                argumentSet("comment", "/* " + SECRET + " */" + DOWNLOAD),
                argumentSet("single quotes", DOWNLOAD.replace('"', '\'')),
                argumentSet("trailing comma", DOWNLOAD.replace("}}}", "},}}")),
                argumentSet("NaN", DOWNLOAD.replace("\"7c1f\"", "NaN")),
                argumentSet("duplicate id", DOWNLOAD.replace("\"id\":", "\"id\":\"" + SECRET + "\",\"id\":")),
                argumentSet("duplicate deep down", DOWNLOAD.replace("\"key\":", "\"key\":\"" + SECRET + "\",\"key\":")),
                argumentSet("raw control character", DOWNLOAD.replace("7c1f", "7c\n1f")),
                argumentSet("unpaired surrogate", DOWNLOAD.replace("7c1f", "\\ud83d")),
                argumentSet("unpaired surrogate in a name", DOWNLOAD.replace("\"id\"", "\"x\\udc00\":1,\"id\"")),
                argumentSet("100,000 arrays deep", "[".repeat(100_000) + "]".repeat(100_000)),
                argumentSet("100,000 objects deep", "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000)),
                argumentSet("number of 100,000 digits", DOWNLOAD.replace("\"7c1f\"", "9".repeat(100_000))),
                argumentSet("fraction of 100,000 digits", DOWNLOAD.replace("\"7c1f\"", "0." + "9".repeat(100_000))),
                argumentSet("name of 100,000 characters", DOWNLOAD.replace("\"id\"", "\"" + "n".repeat(100_000) + "\":1,\"id\"")));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void malformed(String body) {
        assertThat(rejection(bytes(body), EventType.ATTACHMENT_REQUESTED).code()).isEqualTo(MALFORMED);
    }

    static final int[][] BROKEN_UTF_8 = {{0xFF}, {0xC3}, {0xC0, 0xAF}, {0xED, 0xA0, 0x80}, {0xF5, 0x80, 0x80, 0x80}, {0x80}};

    @ParameterizedTest
    @FieldSource("BROKEN_UTF_8")
    void brokenUtf8IsMalformed(int[] sequence) {
        byte[] body = bytes(DOWNLOAD.replace("7c1f", "x".repeat(sequence.length)));
        int at = new String(body, StandardCharsets.ISO_8859_1).indexOf("x".repeat(sequence.length) + "\"");
        for (int i = 0; i < sequence.length; i++) {
            body[at + i] = (byte) sequence[i];
        }

        RejectedException rejected = rejection(body, EventType.ATTACHMENT_REQUESTED);

        assertThat(rejected.code()).isEqualTo(MALFORMED);
        assertThat(rejected.detail()).isEqualTo("the body is not UTF-8");
    }

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
                violation("no specversion", without(DOWNLOAD, "/specversion"), "$.specversion is required"),
                violation("other specversion", with(DOWNLOAD, "/specversion", "\"0.3\""), "$.specversion must be 1.0"),
                violation("no id", without(DOWNLOAD, "/id"), "$.id is required"),
                violation("null id", with(DOWNLOAD, "/id", "null"), "$.id is required"),
                violation("empty id", with(DOWNLOAD, "/id", "\"\""), "$.id"),
                violation("numeric id", with(DOWNLOAD, "/id", "7"), "$.id must be of type string"),
                violation("long id", with(DOWNLOAD, "/id", quoted("i".repeat(257))), "$.id must have at most 256"),
                violation("line end in id", with(DOWNLOAD, "/id", "\"a\\r\\nb\""), "$.id must be one line"),
                violation("line end at the end of id", with(DOWNLOAD, "/id", "\"ab\\n\""), "$.id must be one line"),
                violation("no source", without(DOWNLOAD, "/source"), "$.source is required"),
                violation("control in source", with(DOWNLOAD, "/source", "\"c\\u0000rm\""), "$.source"),
                violation("time of another form", with(DOWNLOAD, "/time", "\"21.11.2026\""), "$.time"),
                violation("time without zone", with(DOWNLOAD, "/time", "\"2026-11-21T09:00:00\""), "$.time"),
                violation("no such day", with(DOWNLOAD, "/time", "\"2026-02-30T09:00:00Z\""), "$.time"),
                violation("no data", without(DOWNLOAD, "/data"), "$.data is required"),
                violation("data is text", with(DOWNLOAD, "/data", quoted("{}")), "$.data must be of type object"),
                violation("no direction", without(DOWNLOAD, "/data/direction"), "$.data.direction is required"),
                violation("unknown direction", with(DOWNLOAD, "/data/direction", "\"up\""), "$.data.direction must be one of"),
                violation("unknown channel", with(DOWNLOAD, "/data/channel", "\"pigeon\""), "$.data.channel must be one of"),
                violation("download without attachment", without(DOWNLOAD, "/data/attachment"), "$.data.attachment is required"),
                violation("download with upload", with(DOWNLOAD, "/data/upload", "{}"), "$.data.upload must be absent"),
                violation("upload without upload", without(UPLOAD, "/data/upload"), "$.data.upload is required"),
                violation("upload with attachment", with(UPLOAD, "/data/attachment", "{\"key\":\"k\"}"),
                        "$.data.attachment must be absent"),
                violation("nobody", without(DOWNLOAD, "/data/recipients"), "recipients or recipientList is required"),
                violation("empty list", with(DOWNLOAD, "/data/recipients", "[]"), "$.data.recipients must have an entry"),
                violation("both lists", with(DOWNLOAD, "/data/recipientList", "{\"key\":\"k\"}"),
                        "$.data.recipients must be absent"),
                violation("recipients on event", with(DOWNLOAD, "/data/channel", "\"event\""), "$.data.recipients must be absent"),
                violation("recipient list on event", with(without(with(DOWNLOAD, "/data/channel", "\"event\""),
                        "/data/recipients"), "/data/recipientList", "{\"key\":\"k\"}"), "$.data.recipientList must be absent"),
                violation("recipient is a number", with(DOWNLOAD, "/data/recipients/0", "7"), "$.data.recipients[0]"),
                violation("recipient without address", with(DOWNLOAD, "/data/recipients/0", "{}"),
                        "$.data.recipients[0].address is required"),
                violation("line end in a name", with(DOWNLOAD, "/data/recipients/0/name", "\"A\\nBcc: b@example.com\""),
                        "$.data.recipients[0].name must be one line"),
                violation("locale", with(DOWNLOAD, "/data/recipients/0/locale", "\"pt_BR\""), "locale must be a BCP 47"),
                violation("time zone", with(DOWNLOAD, "/data/recipients/0/timeZone", "\"../etc\""), "timeZone must be an IANA"),
                violation("newsletter without campaign", without(NEWSLETTER, "/data/campaign"), "$.data.campaign is required"),
                violation("campaign without URL", without(NEWSLETTER, "/data/campaign/unsubscribeUrl"), "unsubscribeUrl is required"),
                violation("campaign id of two lines", with(NEWSLETTER, "/data/campaign/id", "\"a\\nb\""), "$.data.campaign.id"),
                violation("script URL", with(NEWSLETTER, "/data/campaign/unsubscribeUrl", "\"javascript:alert(1)\""), "http"),
                violation("URL with line end", with(NEWSLETTER, "/data/campaign/unsubscribeUrl", "\"https://a.example\\n\""), "http"),
                violation("URL with another placeholder", with(NEWSLETTER, "/data/campaign/unsubscribeUrl",
                        "\"https://a.example/{who}\""), "http"),
                violation("no key", with(DOWNLOAD, "/data/attachment", "{}"), "$.data.attachment.key is required"),
                violation("empty key", with(DOWNLOAD, "/data/attachment/key", "\"\""), "$.data.attachment.key"),
                violation("long key", with(DOWNLOAD, "/data/attachment/key", quoted("k".repeat(1025))), "at most 1024"),
                violation("bucket", with(DOWNLOAD, "/data/attachment/bucket", "\"a/b\""), "bucket must be a bucket name"),
                violation("file name", with(DOWNLOAD, "/data/attachment/fileName", "\"a\\tb\""), "fileName must be one line"),
                violation("subject", with(DOWNLOAD, "/data/message/subject", "\"a\\r\\nBcc: x\""), "subject must be one line"),
                violation("line separator", with(DOWNLOAD, "/data/message/subject", "\"a\\u2028b\""), "subject must be one line"),
                violation("C1 control", with(DOWNLOAD, "/data/message/subject", "\"a\\u0085b\""), "subject must be one line"),
                violation("bell in text", with(DOWNLOAD, "/data/message/text", "\"a\\u0007b\""), "$.data.message.text"),
                violation("long text", with(DOWNLOAD, "/data/message/text", quoted("t".repeat(20_001))), "at most 20000"),
                violation("null where an object belongs", with(DOWNLOAD, "/data/message", "null"), "$.data.message must be of type"),
                violation("content type", with(UPLOAD, "/data/upload/contentTypes/0", "\"pdf\""), "contentTypes[0] must be a media"),
                violation("parameter", with(UPLOAD, "/data/upload/contentTypes/0", "\"text/plain; charset=utf-8\""), "media type"),
                violation("maxBytes 0", with(UPLOAD, "/data/upload/maxBytes", "0"), "$.data.upload.maxBytes must be at least 1"),
                violation("negative size", with(UPLOAD, "/data/upload/contentLength", "-1"), "contentLength must be at least 0"),
                violation("half a byte", with(UPLOAD, "/data/upload/contentLength", "1.5"), "contentLength must be of type"),
                violation("size as text", with(UPLOAD, "/data/upload/contentLength", "\"1\""), "contentLength must be of type"),
                violation("huge size", with(UPLOAD, "/data/upload/contentLength", "9".repeat(60)), "contentLength must be at most"),
                violation("sha256", with(UPLOAD, "/data/upload/sha256", quoted("g".repeat(64))), "64 hexadecimal"),
                violation("sha256 and a line end", with(UPLOAD, "/data/upload/sha256", quoted("a".repeat(64) + "\n")), "64 hexadecimal"));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void contractViolation(String body, String detail) {
        RejectedException rejected = rejection(bytes(body), EventType.ATTACHMENT_REQUESTED);

        assertThat(rejected.code()).isEqualTo(CONTRACT_VIOLATION);
        assertThat(rejected.detail()).contains(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "24h", "PT", "P", "P1DT", "PT0S", "P0D", "-PT1H", "PT-1H", "P1Y", "P1M", "P1W", "PT1H ", "PT1H\n",
            "PT99999999999999999999H", "PT1.5H", "PT1.0000000001S", "\u0661", "PT\u0661H", ""})
    void expiresInIsAPositiveDuration(String duration) {
        RejectedException rejected = rejection(bytes(with(DOWNLOAD, "/data/expiresIn", quoted(duration))),
                EventType.ATTACHMENT_REQUESTED);

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

    static Stream<Arguments> badPurchases() {
        return Stream.of(
                violation("no order", without(PURCHASE, "/data/orderId"), "$.data.orderId is required"),
                violation("no customer", without(PURCHASE, "/data/customer"), "$.data.customer is required"),
                violation("no items", with(PURCHASE, "/data/items", "[]"), "$.data.items must have at least 1"),
                violation("51 items", with(PURCHASE, "/data/items", items(51)), "$.data.items must have at most 50"),
                violation("no sku", without(PURCHASE, "/data/items/0/sku"), "$.data.items[0].sku is required"),
                violation("no time", without(PURCHASE, "/data/purchasedAt"), "$.data.purchasedAt is required"),
                violation("line end in a title", with(PURCHASE, "/data/items/0/title", "\"a\\nb\""), "$.data.items[0].title"));
    }

    @ParameterizedTest
    @MethodSource("badPurchases")
    void badPurchase(String body, String detail) {
        RejectedException rejected = rejection(bytes(body), EventType.PURCHASE_COMPLETED);

        assertThat(rejected.code()).isEqualTo(CONTRACT_VIOLATION);
        assertThat(rejected.detail()).contains(detail);
    }

    @Test
    void fiveHundredRecipientsAreTakenAndOneMoreIsTooMany() {
        String full = with(DOWNLOAD, "/data/recipients", addresses(500));
        String over = with(DOWNLOAD, "/data/recipients", addresses(501));

        assertThat(CODEC.read(bytes(full), EventType.ATTACHMENT_REQUESTED).data().recipients()).hasSize(500);
        RejectedException rejected = rejection(bytes(over), EventType.ATTACHMENT_REQUESTED);
        assertThat(rejected.code()).isEqualTo(TOO_MANY_RECIPIENTS);
        assertThat(rejected.detail()).contains("at most 500", "recipientList");
    }

    @Test
    void tooManyToNotifyIsTooManyRecipients() {
        String body = with(UPLOAD, "/data/notify", addresses(51));

        assertThat(rejection(bytes(body), EventType.ATTACHMENT_REQUESTED).code()).isEqualTo(TOO_MANY_RECIPIENTS);
    }

    @Test
    void addressThatCannotBeMailedToIsNamedByItsIndex() {
        String recipient = with(with(DOWNLOAD, "/data/recipients", addresses(3)), "/data/recipients/2", quoted(SECRET));
        String waiting = with(UPLOAD, "/data/notify/0", "{\"address\":\"" + SECRET + "\"}");
        String customer = with(PURCHASE, "/data/customer/address", quoted(SECRET + "@"));

        assertAddressInvalid(rejection(bytes(recipient), EventType.ATTACHMENT_REQUESTED), "$.data.recipients[2]");
        assertAddressInvalid(rejection(bytes(waiting), EventType.ATTACHMENT_REQUESTED), "$.data.notify[0]");
        assertAddressInvalid(rejection(bytes(customer), EventType.PURCHASE_COMPLETED), "$.data.customer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/id", "/source", "/subject", "/time", "/data/direction", "/data/channel", "/data/expiresIn",
            "/data/attachment/key", "/data/attachment/bucket", "/data/attachment/fileName", "/data/recipients/0/name",
            "/data/recipients/0/locale", "/data/recipients/0/timeZone", "/data/recipients/0/address", "/data/message/subject",
            "/data/message/text", "/data/campaign/id", "/data/campaign/unsubscribeUrl", "/data/recipients/0"})
    void longValueIsRejectedWithoutEchoAndWithoutOverflow(String pointer) {
        String event = with(NEWSLETTER, "/data/recipients/0", "{\"address\":\"ana@example.com\"}");
        for (String unit : new String[] {SECRET, "{recipient}", "-a", "/a", "a.", "1", "\n", "\uD83D\uDE00"}) {
            String value = "https://" + SECRET + "/" + unit.repeat(250_000 / unit.length());
            RejectedException rejected = rejection(bytes(with(with(event, "/data/message", "{}"), pointer, quoted(value))),
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

    private static void assertAddressInvalid(RejectedException rejected, String path) {
        assertThat(rejected.code()).isEqualTo(ADDRESS_INVALID);
        assertThat(rejected.detail()).startsWith(path + " ").doesNotContain(SECRET);
    }

    private static RejectedException rejection(byte[] body, EventType<?> type) {
        RejectedException rejected = catchThrowableOfType(RejectedException.class, () -> CODEC.read(body, type));
        assertThat(rejected).as("rejected").isNotNull();
        assertThat(rejected.detail()).doesNotContain(SECRET);
        assertThat(rejected).hasNoCause();
        return rejected;
    }

    private static Arguments violation(String name, String body, String detail) {
        return argumentSet(name, body, detail);
    }

    private static String items(int count) {
        String item = "{\"sku\":\"s\",\"title\":\"t\",\"attachment\":{\"key\":\"k\"}}";
        return "[" + (item + ",").repeat(count - 1) + item + "]";
    }
}
