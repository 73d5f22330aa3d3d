package dev.attache.sandbox.pages;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The parts of an event that its line on a page shows. A part that the event does not have is empty.
 *
 * @param time the event's time; null if it has none
 * @param gist the values of {@code data} that tell events of one type apart, such as the code or the recipient
 * @param requestId the id of the request that caused the event, or of the event itself
 */
record EventSummary(
        String type,
        String source,
        String subject,
        @Nullable Instant time,
        String gist,
        String requestId) {

    private static final List<String> TELLING = List.of(
            "/code",
            "/purpose",
            "/direction",
            "/channel",
            "/recipient/address",
            "/recipient",
            "/customer/address",
            "/fileName",
            "/object/key",
            "/key");

    static EventSummary of(JsonNode event) {
        var data = event.path("data");
        return new EventSummary(
                event.path("type").asString(""),
                event.path("source").asString(""),
                event.path("subject").asString(""),
                time(event.path("time").asString("")),
                TELLING.stream().flatMap(path -> text(data.at(path))).distinct().collect(Collectors.joining(" · ")),
                text(data.path("requestId")).findFirst().orElse(event.path("id").asString("")));
    }

    private static Stream<String> text(JsonNode node) {
        return Optional.of(node).filter(JsonNode::isString).map(JsonNode::asString).stream();
    }

    private static @Nullable Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException none) {
            return null;
        }
    }
}
