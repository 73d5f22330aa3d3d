package dev.attache.reliability.hostile;

import static dev.attache.reliability.hostile.InvalidMessage.accepted;
import static dev.attache.reliability.hostile.InvalidMessage.rejected;
import static dev.attache.reliability.hostile.ValidMessages.with;
import static dev.attache.reliability.hostile.ValidMessages.without;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Messages for any queue that are not JSON, almost JSON, too large, or JSON with wrong values. */
final class MalformedMessages {

    /** The limit of ElasticMQ, and of SQS until 2025. */
    private static final int LARGEST = 256 * 1024;

    /** Bytes for the event id that is added to each message. */
    private static final int ID_LENGTH = 16;

    private static final List<String> NO_OBJECTS = List.of(
            "[]",
            "[{\"a\":1}]",
            "null",
            "\"text\"",
            "42",
            "true",
            " \t\n ",
            "<xml/>",
            "{",
            "{}",
            "{'id':'x'}",
            "{\"id\":NaN}",
            "{\"id\":01}",
            "{\"a\":1,}",
            "{\"a\":1}{\"b\":2}",
            "// no\n{}",
            "{\"a\":\"\t\"}",
            "\uFEFF{}",
            "{\"a\":+1}",
            "{\"\":}",
            "rO0ABXNyABFqYXZhLmxhbmcuUnVudGltZQ==");

    /** Not valid in any encoding of Unicode, or not valid escapes. */
    private static final List<String> BROKEN_TEXT = List.of(
            "\"\\uD800\"",
            "\"\\uDC00\\uD800\"",
            "\"x\\uDFFF\"",
            "\"\\u12G4\"",
            "\"\\x41\"",
            "\"\\u00\"",
            "\"\\uD83D\\u0041\"");

    private final String queue;
    private final Random random;

    MalformedMessages(String queue, Random random) {
        this.queue = queue;
        this.random = random;
    }

    Stream<InvalidMessage> all() {
        return Stream.of(
                        noObjects(),
                        truncated(),
                        brokenText(),
                        nested(),
                        numbers(),
                        twice(),
                        oversized(),
                        typeHeaders(),
                        isEvent() ? envelopes() : Stream.<InvalidMessage>empty())
                .flatMap(some -> some);
    }

    private boolean isEvent() {
        return !queue.equals("objects-created");
    }

    /** A property that the contract does not define. */
    private String withExtra(String json) {
        return with(queue, isEvent() ? "/data/extra" : "/Records/0/extra", json);
    }

    private Stream<InvalidMessage> noObjects() {
        return NO_OBJECTS.stream().map(body -> rejected("no JSON object: " + body, queue, body));
    }

    private Stream<InvalidMessage> truncated() {
        var good = ValidMessages.text(queue);
        return random.ints(4, 1, good.length() - 2)
                .mapToObj(length ->
                        rejected("ends after %d characters".formatted(length), queue, good.substring(0, length)));
    }

    private Stream<InvalidMessage> brokenText() {
        return BROKEN_TEXT.stream().map(text -> rejected("broken text " + text, queue, withExtra(text)));
    }

    private Stream<InvalidMessage> nested() {
        return Stream.of(70, 1_000, 20_000, 100_000)
                .flatMap(depth -> Stream.of(
                        rejected(
                                "%d arrays deep".formatted(depth),
                                queue,
                                withExtra("[".repeat(depth) + "]".repeat(depth))),
                        rejected(
                                "%d objects deep".formatted(depth / 5),
                                queue,
                                withExtra("{\"a\":".repeat(Math.max(70, depth / 5)) + "1"
                                        + "}".repeat(Math.max(70, depth / 5))))));
    }

    private Stream<InvalidMessage> numbers() {
        return Stream.of(
                rejected("a number of 101 digits", queue, withExtra("9".repeat(101))),
                rejected("a number of 100,000 digits", queue, withExtra("1" + "0".repeat(100_000))),
                rejected("a fraction of 1,000 digits", queue, withExtra("0." + "3".repeat(1_000))),
                accepted(
                        "1e999999999 in an unknown field",
                        queue,
                        withExtra("1e999999999"),
                        "unknown properties are passed over, and the number is never expanded"));
    }

    private Stream<InvalidMessage> twice() {
        var good = ValidMessages.text(queue);
        return Stream.of(
                rejected(
                        "a property twice",
                        queue,
                        good.replaceFirst("\\{", "{\"id\":\"a\",\"id\":\"b\",\"Records\":[],")),
                rejected("a property twice, far down", queue, withExtra("{\"a\":{\"b\":1,\"b\":2}}")),
                rejected("a property twice, once escaped", queue, withExtra("{\"a\":1,\"\\u0061\":2}")));
    }

    private Stream<InvalidMessage> oversized() {
        var spoilt = withExtra("\"\\uD800%s\"");
        var space = LARGEST - ID_LENGTH - spoilt.length();
        return Stream.of(
                rejected("as large as SQS takes", queue, spoilt.formatted("x".repeat(space))),
                rejected("as large as SQS takes, in UTF-8", queue, spoilt.formatted("é".repeat(space / 2))),
                rejected("60,000 numbers and no end", queue, "{\"a\":[" + "1234,".repeat(52_000)),
                rejected(
                        "a name of 100,000 characters",
                        queue,
                        withExtra("{\"%1$s\":1,\"%1$s\":1}".formatted("n".repeat(100_000)))));
    }

    /** Class names in message attributes, which several frameworks would instantiate. */
    private Stream<InvalidMessage> typeHeaders() {
        var headers = Stream.of(
                        Map.of("JavaType", "java.lang.ProcessBuilder"),
                        Map.of("contentType", "application/x-java-object;type=java.lang.Runtime"),
                        Map.of("spring_json_header_types", "{\"x\":\"javax.naming.InitialContext\"}"),
                        Map.of("__TypeId__", "org.springframework.context.support.ClassPathXmlApplicationContext"),
                        Map.of("contentType", "application/x-java-serialized-object"),
                        Map.of(
                                "spring.cloud.stream.sendto.destination",
                                "attachment-events",
                                "spring.cloud.function.definition",
                                "purchases"))
                .toList();
        return headers.stream()
                .map(some -> rejected("headers " + some.keySet() + " on what is no event", queue, "rO0ABXNy")
                        .with(some));
    }

    private Stream<InvalidMessage> envelopes() {
        var missing = Stream.of("specversion", "id", "source", "type", "data")
                .map(name -> rejected("without " + name, queue, without(queue, "/" + name)));
        var wrong = Stream.of("specversion", "id", "source", "type", "time", "data")
                .flatMap(name -> Stream.of("17", "[1]", "true")
                        .map(value ->
                                rejected("%s is %s".formatted(name, value), queue, with(queue, "/" + name, value))));
        var odd = Stream.of(
                rejected("an unknown type", queue, with(queue, "/type", "\"attachment.imagined\"")),
                rejected("an empty type", queue, with(queue, "/type", "\"\"")),
                rejected("a type that is a class", queue, with(queue, "/type", "\"java.lang.Runtime\"")),
                rejected("specversion 0.3", queue, with(queue, "/specversion", "\"0.3\"")),
                rejected("an id of two lines", queue, with(queue, "/id", "\"a\\r\\nBcc: b@example.com\"")),
                rejected("an id with NUL", queue, with(queue, "/id", "\"a\\u0000\"")),
                rejected("an id of 257 characters", queue, with(queue, "/id", "\"%s\"".formatted("i".repeat(257)))),
                rejected("a time that never was", queue, with(queue, "/time", "\"2026-02-30T25:61:00Z\"")),
                rejected("an unknown source", queue, with(queue, "/source", "\"stranger\"")),
                rejected("a source by its path", queue, with(queue, "/source", "\"../crm\"")),
                rejected("a source in capitals", queue, with(queue, "/source", "\"CRM\"")));
        return Stream.of(missing, wrong, odd).flatMap(some -> some);
    }

    static boolean fits(InvalidMessage message) {
        var attributes = message.attributes().entrySet().stream()
                .mapToInt(entry -> entry.getKey().length() + entry.getValue().length() + "String".length())
                .sum();
        return message.body().getBytes(StandardCharsets.UTF_8).length + attributes <= LARGEST;
    }
}
