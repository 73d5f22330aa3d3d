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
 * @param causeId the id of the event that upstream sent and that caused this one, or of this event itself
 * @param mailedLinks whether it has links that were mailed, which can be revoked and extended
 */
record EventSummary(
        String type,
        String source,
        String subject,
        @Nullable Instant time,
        String gist,
        String causeId,
        boolean mailedLinks) {

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
                Stream.of("eventId", "requestId")
                        .flatMap(name -> text(data.path(name)))
                        .findFirst()
                        .orElse(event.path("id").asString("")),
                event.path("type").asString("").equals("link.issued")
                        && !data.path("channel").asString("").equals("event"));
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
