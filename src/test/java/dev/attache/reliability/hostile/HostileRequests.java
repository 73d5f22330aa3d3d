package dev.attache.reliability.hostile;

import static dev.attache.reliability.hostile.InvalidMessage.accepted;
import static dev.attache.reliability.hostile.InvalidMessage.rejected;
import static dev.attache.reliability.hostile.ValidMessages.with;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Well-formed requests and purchases for objects that their source may not link to, or with texts that must not reach a
 * mail.
 */
final class HostileRequests {

    private static final String PURCHASES = "purchases-completed";

    private static final List<String> KEYS = List.of(
            "downloads/crm/../../ledger/claims/x",
            "ledger/claims/x",
            "uploads/crm/x",
            "/etc/passwd",
            "../downloads/crm/contract-4711.pdf",
            "downloads/crm//contract-4711.pdf",
            "downloads/crm/./x",
            "downloads/crm/..",
            "downloads/crm/\\u0000.pdf",
            "downloads/crm/a\\r\\nX-Evil: 1",
            "downloads/crm/\\u2028x",
            "downloads/crm",
            "downloads/desk/report.csv",
            "Downloads/crm/x",
            "",
            "downloads%2Fcrm%2Fx",
            "s3://attache/downloads/crm/x",
            "downloads/crm/".concat("k".repeat(1_100)));

    private static final List<String> LINES =
            List.of("Yours\\r\\nBcc: all@example.com", "a\\nb", "a\\u0000b", "\\u001b[2J", "a\\u2029b", "a\\u0085b");

    private static final List<String> ADDRESSES = List.of(
            "",
            "@",
            "a@",
            "@b.example",
            "a b@example.com",
            "a@b@example.com",
            "<a@example.com>",
            "Ana <a@example.com>",
            "a@example.com, b@example.com",
            "a@example.com\\r\\nBcc: b@example.com",
            "\\\"a b\\\"@example.com",
            "a@[127.0.0.1]",
            "friends: a@example.com;",
            ".a@example.com",
            "a..b@example.com",
            "a@-example.com",
            "a@nodots",
            "\u00e4@example.com",
            "a\\u0000@example.com",
            "a".repeat(65) + "@example.com",
            "a@" + "b".repeat(64) + ".example",
            "a@" + "b.".repeat(130) + "example");

    private static final List<String> DURATIONS = List.of(
            "24h",
            "P1Y",
            "-PT1H",
            "PT0S",
            "PT1S",
            "P31D",
            "P99999D",
            "PT999999999S",
            "P1DT",
            "",
            "\\u0000",
            "P1W",
            "PT1,5H");

    /** Message attributes with such names have no effect on accepted messages. */
    private static final Map<String, String> CLASSES =
            Map.of("JavaType", "java.lang.Runtime", "contentType", "application/x-java-object");

    private HostileRequests() {}

    static Stream<InvalidMessage> all() {
        return Stream.of(
                        requests("attachment-requests", "/data"),
                        requests("request-parts", "/data/request"),
                        taken("attachment-requests", "/data").map(message -> message.with(CLASSES)))
                .flatMap(some -> some);
    }

    private static Stream<InvalidMessage> requests(String queue, String data) {
        return Stream.of(
                        put(queue, data + "/attachment/key", KEYS),
                        put(queue, data + "/message/subject", LINES),
                        put(queue, data + "/recipients/0/name", LINES),
                        put(queue, data + "/attachment/fileName", LINES),
                        put(queue, data + "/recipients/0/address", ADDRESSES),
                        put(queue, data + "/expiresIn", DURATIONS),
                        put(queue, data + "/direction", List.of("sideways", "DOWNLOAD", "")),
                        put(queue, data + "/channel", List.of("pigeon", "newsletter", "event")),
                        put(
                                queue,
                                data + "/attachment/bucket",
                                List.of("..", "other-bucket", "a/b", "-a-", "x".repeat(64))),
                        put(queue, data + "/recipients/0/locale", List.of("../../etc", "de_DE", "x".repeat(36))),
                        forms(queue, data),
                        taken(queue, data))
                .flatMap(some -> some);
    }

    private static Stream<InvalidMessage> put(String queue, String place, List<String> texts) {
        return texts.stream()
                .map(text -> rejected(
                        "%s is %s".formatted(place, shown(text)), queue, with(queue, place, "\"" + text + "\"")));
    }

    private static Stream<InvalidMessage> forms(String queue, String data) {
        return Stream.of(
                rejected(
                        "recipients is an object",
                        queue,
                        with(queue, data + "/recipients", "{\"0\":\"a@example.com\"}")),
                rejected("nobody", queue, with(queue, data + "/recipients", "[]")),
                rejected("null for a person", queue, with(queue, data + "/recipients", "[null]")),
                rejected(
                        "501 people",
                        queue,
                        with(
                                queue,
                                data + "/recipients",
                                "[" + "\"a@example.com\",".repeat(500) + "\"a@example.com\"]")),
                rejected(
                        "an attachment that is a list",
                        queue,
                        with(queue, data + "/attachment", "[\"downloads/crm/x\"]")),
                rejected(
                        "a text of 20,001 characters",
                        queue,
                        with(queue, data + "/message/text", "\"" + "t".repeat(20_001) + "\"")),
                rejected("a text with escape sequences", queue, with(queue, data + "/message/text", "\"\\u001b[31m\"")),
                rejected(
                        "an upload beside the download",
                        queue,
                        with(queue, data + "/upload", "{\"contentTypes\":[\"image/png\"]}")),
                rejected(
                        "a list by traversal",
                        queue,
                        with(queue, data + "/recipientList", "{\"key\":\"../../secrets\"}")));
    }

    /** Harmless after cleaning. Other systems create such names, and the mail must be sent. */
    private static Stream<InvalidMessage> taken(String queue, String data) {
        return Stream.of(
                accepted(
                        "a file name by traversal",
                        queue,
                        with(queue, data + "/attachment/fileName", "\"../../../etc/passwd\""),
                        "only its last part is shown and signed"),
                accepted(
                        "a file name that reads backwards",
                        queue,
                        with(queue, data + "/attachment/fileName", "\"\\u202Efdp.exe\""),
                        "bidirectional controls are taken out"),
                accepted(
                        "a file name with quotes",
                        queue,
                        with(queue, data + "/attachment/fileName", "\"a\\\"; filename=b.exe\""),
                        "it is encoded by RFC 6266"),
                accepted(
                        "a name that is markup",
                        queue,
                        with(queue, data + "/recipients/0/name", "\"<script>alert(1)</script>\""),
                        "it is escaped in HTML and encoded in headers"),
                accepted(
                        "a name that looks like an address",
                        queue,
                        with(queue, data + "/recipients/0/name", "\"boss@example.com <x>\""),
                        "it is no name to show, and left out or encoded"));
    }

    static Stream<InvalidMessage> purchases() {
        return Stream.of(
                        put(PURCHASES, "/data/customer/address", ADDRESSES),
                        put(PURCHASES, "/data/items/0/title", LINES),
                        put(
                                PURCHASES,
                                "/data/items/0/attachment/key",
                                KEYS.stream()
                                        .map(key -> key.replace("/crm", "/shop"))
                                        .toList()),
                        put(PURCHASES, "/data/orderId", List.of("", "1\\r\\n2")),
                        Stream.of(
                                rejected("no items", PURCHASES, with(PURCHASES, "/data/items", "[]")),
                                rejected("items of null", PURCHASES, with(PURCHASES, "/data/items", "[null]")),
                                rejected(
                                        "51 items",
                                        PURCHASES,
                                        with(
                                                PURCHASES,
                                                "/data/items",
                                                "["
                                                        + ("{\"sku\":\"s\",\"title\":\"t\","
                                                              + "\"attachment\":{\"key\":\"downloads/shop/streams.epub\"}},")
                                                                .repeat(51)
                                                                .replaceAll(",$", "]"))),
                                rejected(
                                        "a purchase of last never",
                                        PURCHASES,
                                        with(PURCHASES, "/data/purchasedAt", "\"yesterday\"")),
                                rejected("another's shelf", PURCHASES, with(PURCHASES, "/source", "\"crm\""))))
                .flatMap(some -> some);
    }

    private static String shown(String text) {
        return text.length() <= 40 ? "'" + text + "'" : text.length() + " characters";
    }
}
