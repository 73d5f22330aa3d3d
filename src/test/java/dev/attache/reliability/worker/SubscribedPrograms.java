package dev.attache.reliability.worker;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.json.ValidatingEventCodec;
import dev.attache.contract.value.Link;
import dev.attache.sandbox.Upstream;
import dev.attache.sandbox.Upstream.ReadMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Programs that subscribe to both topics. They record the ids of the events that they receive, and upload a file with
 * every upload link, once.
 */
public final class SubscribedPrograms implements AutoCloseable {

    private static final long PAUSE_MILLIS = 200;

    private final EventCodec codec = new ValidatingEventCodec();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService reading = Executors.newSingleThreadScheduledExecutor();
    private final AtomicReference<@Nullable Exception> problem = new AtomicReference<>();
    private final Map<String, Set<String>> links = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> arrivals = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> others = new ConcurrentHashMap<>();
    private final Set<String> handedIn = new HashSet<>();
    private final Upstream upstream;
    private int deliveriesRead;
    private int eventsRead;

    public SubscribedPrograms(DedicatedAws aws) {
        this.upstream = new Upstream(aws.surroundings().clients());
        reading.scheduleWithFixedDelay(this::read, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void read() {
        try {
            for (var message : newIn("deliveries-inbox", deliveriesRead)) {
                deliveriesRead++;
                heard(read(message, EventType.LINK_ISSUED));
            }
            for (var message : newIn("attachment-events-inbox", eventsRead)) {
                eventsRead++;
                switch (message.attributes().getOrDefault("type", "")) {
                    case "attachment.uploaded" -> {
                        var uploaded = read(message, EventType.ATTACHMENT_UPLOADED);
                        keep(arrivals, uploaded.data().requestId(), uploaded.id());
                    }
                    case String type -> {
                        requireValid(message, type);
                        keep(others, type, message.body());
                    }
                }
            }
        } catch (Exception failed) {
            problem.compareAndSet(null, failed);
            throw new IllegalStateException("The programs stopped listening", failed);
        }
    }

    private List<ReadMessage> newIn(String queue, int read) {
        var all = upstream.messages(queue);
        return all.subList(read, all.size());
    }

    private void heard(CloudEvent<LinkIssued> issued) throws IOException, InterruptedException {
        var id = issued.data().requestId();
        keep(links, id, issued.id());
        for (var link : issued.data().links()) {
            if (link.rel() == Link.Rel.UPLOAD && handedIn.add(id)) {
                handIn(id, link);
            }
        }
    }

    private void handIn(String id, Link link) throws IOException, InterruptedException {
        var put = HttpRequest.newBuilder(URI.create(link.url().reveal()))
                .PUT(BodyPublishers.ofByteArray(SentEvent.fileOf(id)));
        link.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("content-length") && !name.equalsIgnoreCase("host")) {
                put.header(name, value);
            }
        });
        var answer = http.send(put.build(), BodyHandlers.discarding()).statusCode();
        if (answer != 200) {
            throw new IllegalStateException("The file of %s was answered %d".formatted(id, answer));
        }
    }

    private <T> CloudEvent<T> read(ReadMessage message, EventType<T> type) {
        return codec.read(message.body().getBytes(StandardCharsets.UTF_8), type);
    }

    /** The worker may run in another process, in which tests do not validate the events that it publishes. */
    private void requireValid(ReadMessage message, String type) {
        EventType.all().stream().filter(known -> known.name().equals(type)).forEach(known -> read(message, known));
    }

    private static void keep(Map<String, Set<String>> map, String key, String value) {
        map.computeIfAbsent(key, some -> ConcurrentHashMap.newKeySet()).add(value);
    }

    /** The different ids of {@code link.issued}, by request. */
    public Map<String, Set<String>> links() {
        return new TreeMap<>(links);
    }

    /** The different ids of {@code attachment.uploaded}, by request. */
    public Map<String, Set<String>> arrivals() {
        return new TreeMap<>(arrivals);
    }

    /** All other events, by type. */
    public Map<String, Set<String>> others() {
        return new TreeMap<>(others);
    }

    /** The number of received messages, duplicates included. */
    public int heard() {
        return deliveriesRead + eventsRead;
    }

    /** Whether all events that must follow were received at least once. */
    public boolean heardAllOf(List<SentEvent> events) {
        var failed = problem.get();
        if (failed != null) {
            throw new IllegalStateException("The programs stopped listening", failed);
        }
        return events.stream()
                .allMatch(event -> links.getOrDefault(event.id(), Set.of()).size() >= event.links()
                        && (!event.isUpload() || arrivals.containsKey(event.id())));
    }

    @Override
    public void close() {
        reading.shutdownNow();
        try {
            if (!reading.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The programs did not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}
