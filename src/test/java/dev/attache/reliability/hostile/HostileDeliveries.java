package dev.attache.reliability.hostile;

import static dev.attache.reliability.hostile.InvalidMessage.accepted;
import static dev.attache.reliability.hostile.InvalidMessage.rejected;
import static dev.attache.reliability.hostile.ValidMessages.with;
import static dev.attache.reliability.hostile.ValidMessages.without;

import java.util.Map;
import java.util.stream.Stream;

/**
 * Deliveries that the worker did not issue, and notifications that S3 would not send or that are about other objects.
 */
final class HostileDeliveries {

    private static final String OBJECTS = "objects-created";

    private static final String NOT_OURS = "it is no upload of ours: the bucket may have other uses";

    private static final String NOT_USED = "what is not used of S3's notifications is not judged";

    private HostileDeliveries() {}

    static Stream<InvalidMessage> mails(String queue) {
        return Stream.concat(
                Stream.of("subject\\r\\nBcc: all@example.com", "a\\u0000b")
                        .map(text -> rejected(
                                "a subject of two lines or none",
                                queue,
                                with(queue, "/data/message/subject", "\"" + text + "\""))),
                Stream.of(
                        rejected(
                                "another channel's",
                                queue,
                                with(queue, "/data/channel", queue.startsWith("email") ? "\"event\"" : "\"email\"")),
                        rejected("no links", queue, with(queue, "/data/links", "[]")),
                        rejected("101 links", queue, with(queue, "/data/links", "[" + "{},".repeat(100) + "{}]")),
                        rejected("no recipient", queue, without(queue, "/data/recipient")),
                        rejected("no address", queue, with(queue, "/data/recipient/address", "\"nobody\"")),
                        rejected(
                                "two addresses",
                                queue,
                                with(queue, "/data/recipient/address", "\"a@example.com\\nb@example.com\"")),
                        rejected(
                                "a link that is a script",
                                queue,
                                with(queue, "/data/links/0/url", "\"javascript:alert(1)\"")),
                        rejected("a link to a file", queue, with(queue, "/data/links/0/url", "\"file:///etc/passwd\"")),
                        rejected(
                                "a link of two lines",
                                queue,
                                with(queue, "/data/links/0/url", "\"http://a/\\r\\nX: 1\"")),
                        rejected("a link that deletes", queue, with(queue, "/data/links/0/method", "\"DELETE\"")),
                        rejected(
                                "a link that has expired",
                                queue,
                                with(queue, "/data/links/0/expiresAt", "\"2026-01-01T00:00:00Z\"")),
                        rejected(
                                "a link that expires some time",
                                queue,
                                with(queue, "/data/links/0/expiresAt", "\"soon\"")),
                        rejected("only a link for programs", queue, with(queue, "/data/links/0/rel", "\"upload\"")),
                        rejected("an unknown purpose", queue, with(queue, "/data/purpose", "\"revenge\"")),
                        rejected("headers that are a list", queue, with(queue, "/data/links/0/headers", "[]")),
                        rejected("a negative length", queue, with(queue, "/data/links/0/contentLength", "-1")),
                        rejected(
                                "more than can be counted",
                                queue,
                                with(queue, "/data/links/0/contentLength", "1e30"))));
    }

    static Stream<InvalidMessage> campaigns(String queue) {
        return Stream.concat(
                Stream.of(rejected("no campaign", queue, without(queue, "/data/campaign"))),
                Stream.of(
                                "javascript:alert(1)",
                                "https://a.example/\\r\\nBcc: b",
                                "https://a.example/{other}",
                                "//a.example",
                                "")
                        .map(url -> rejected(
                                "unsubscribing at " + url,
                                queue,
                                with(queue, "/data/campaign/unsubscribeUrl", "\"" + url + "\""))));
    }

    static Stream<InvalidMessage> notifications() {
        var key = "/Records/0/s3/object/key";
        return Stream.of(
                        Stream.of("%", "%zz", "uploads/%C3%28", "uploads/%FF", "uploads/%ED%A0%80", "uploads/%u0041")
                                .map(bad -> rejected(
                                        "a key that is not URL-encoded: " + bad,
                                        OBJECTS,
                                        with(OBJECTS, key, "\"" + bad + "\""))),
                        Stream.of("null", "17", "\"\"", "[]", "{}")
                                .map(bad -> rejected("a key that is " + bad, OBJECTS, with(OBJECTS, key, bad))),
                        Stream.of("eventName", "s3", "s3/bucket", "s3/object", "s3/object/key")
                                .map(name ->
                                        rejected("without " + name, OBJECTS, without(OBJECTS, "/Records/0/" + name))),
                        Stream.of(
                                rejected("records that are none", OBJECTS, with(OBJECTS, "/Records", "{}")),
                                rejected("a record that is none", OBJECTS, with(OBJECTS, "/Records", "[17]")),
                                rejected(
                                        "one good record and a bad one",
                                        OBJECTS,
                                        "{\"Records\":[%s,{}]}"
                                                .formatted(ValidMessages.tree(OBJECTS)
                                                        .at("/Records/0"))),
                                rejected(
                                        "an event of another queue",
                                        OBJECTS,
                                        ValidMessages.text("attachment-requests")),
                                rejected("wrapped five times", OBJECTS, wrapped(ValidMessages.text(OBJECTS), 5)),
                                rejected(
                                        "wrapped, and nothing in it",
                                        OBJECTS,
                                        "{\"Type\":\"Notification\",\"Message\":\"\"}")),
                        Stream.of(
                                        "uploads/../../etc/passwd",
                                        "uploads/crm/not-an-id/x.png",
                                        "uploads/%E2%80%AEgnp.exe",
                                        "uploads/a%00b",
                                        "uploads/crm/00000000-0000-0000-0000-000000000000",
                                        "downloads/crm/x",
                                        "ledger/claims/x",
                                        "uploads/a%0D%0AX",
                                        "uploads/" + "k".repeat(1_100),
                                        "++++",
                                        "%2e%2e%2f")
                                .map(odd -> accepted(
                                        "an odd key: " + odd.substring(0, Math.min(odd.length(), 40)),
                                        OBJECTS,
                                        with(OBJECTS, key, "\"" + odd + "\""),
                                        NOT_OURS)),
                        Stream.of(
                                accepted(
                                        "a negative size",
                                        OBJECTS,
                                        with(OBJECTS, "/Records/0/s3/object/size", "-1"),
                                        NOT_USED),
                                accepted(
                                        "a size beyond all",
                                        OBJECTS,
                                        with(OBJECTS, "/Records/0/s3/object/size", "1e400"),
                                        NOT_USED),
                                accepted(
                                        "a size in words",
                                        OBJECTS,
                                        with(OBJECTS, "/Records/0/s3/object/size", "\"three\""),
                                        NOT_USED),
                                accepted(
                                        "a time in words",
                                        OBJECTS,
                                        with(OBJECTS, "/Records/0/eventTime", "\"now\""),
                                        NOT_USED),
                                accepted("no time", OBJECTS, without(OBJECTS, "/Records/0/eventTime"), NOT_USED)),
                        Stream.of(
                                accepted(
                                        "S3's test",
                                        OBJECTS,
                                        "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"attache\"}",
                                        "S3 sends one when a notification is set up"),
                                accepted("no records", OBJECTS, "{\"Records\":[]}", "there is nothing to do"),
                                accepted(
                                        "a removal",
                                        OBJECTS,
                                        with(OBJECTS, "/Records/0/eventName", "\"ObjectRemoved:Delete\""),
                                        "only created objects matter"),
                                accepted(
                                                "headers that name classes",
                                                OBJECTS,
                                                ValidMessages.text(OBJECTS),
                                                "such headers are ignored")
                                        .with(Map.of(
                                                "JavaType",
                                                "java.lang.Runtime",
                                                "contentType",
                                                "application/x-java-object"))))
                .flatMap(some -> some);
    }

    private static String wrapped(String body, int times) {
        return times == 0
                ? body
                : ValidMessages.JSON.writeValueAsString(
                        Map.of("Type", "Notification", "Message", wrapped(body, times - 1)));
    }
}
