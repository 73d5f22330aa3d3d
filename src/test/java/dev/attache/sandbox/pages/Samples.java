package dev.attache.sandbox.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.SqsClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sample events of the repository. They are read again for each use, so that changes to a file take effect at once.
 */
public final class Samples {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> QUEUE_BY_TYPE = Map.of(
            "attachment.requested", "attachment-requests",
            "link.revoke.requested", "attachment-requests",
            "link.extend.requested", "attachment-requests",
            "purchase.completed", "purchases-completed");

    /** An extension that is sent from the page moves the expiry by this, because the date in the file may be over. */
    private static final Duration EXTENSION = Duration.ofDays(14);

    private final Path directory;
    private final SqsClient sqs;

    /** @param directory of the {@code *.json} files; need not exist */
    public Samples(Path directory, SqsClient sqs) {
        this.directory = directory;
        this.sqs = sqs;
    }

    /**
     * A sample.
     *
     * @param name of its file, without {@code .json}
     * @param queue the queue for events of this type
     */
    public record Sample(String name, String type, String queue, String json) {

        /** The file's name as words, without the parts that all events of its kind have in common. */
        public String title() {
            var words = name.replaceFirst("^attachment-requested-", "")
                    .replaceFirst("^link-(revoke|extend)-requested-", "$1 all links of the ")
                    .replace('-', ' ');
            return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        }
    }

    /** All samples, sorted by name. Files without an event that upstream sends are left out. */
    public List<Sample> all() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Samples::read)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sends a sample with a new id and the current time. Returns the id; empty if there is no such sample. */
    public Optional<String> send(String name) {
        return all().stream()
                .filter(sample -> sample.name().equals(name))
                .findFirst()
                .map(sample -> {
                    var event = (ObjectNode) JSON.readTree(sample.json());
                    var id = UUID.randomUUID().toString();
                    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
                    event.put("id", id).put("time", now.toString());
                    if (event.path("data") instanceof ObjectNode data && data.has("until")) {
                        data.put("until", now.plus(EXTENSION).toString());
                    }
                    var url = sqs.getQueueUrl(request -> request.queueName(sample.queue()))
                            .queueUrl();
                    sqs.sendMessage(request -> request.queueUrl(url).messageBody(JSON.writeValueAsString(event)));
                    return id;
                });
    }

    private static Optional<Sample> read(Path file) {
        try {
            var json = Files.readString(file);
            var type = JSON.readTree(json).path("type").asString("");
            var name = file.getFileName().toString().replaceFirst("\\.json$", "");
            return Optional.ofNullable(QUEUE_BY_TYPE.get(type)).map(queue -> new Sample(name, type, queue, json));
        } catch (JacksonException noEvent) {
            return Optional.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
