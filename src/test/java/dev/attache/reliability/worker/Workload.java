package dev.attache.reliability.worker;

import dev.attache.reliability.worker.SentEvent.Kind;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Creates events of different kinds, the same for the same seed. Each address is used once. */
public final class Workload {

    /** How often each kind is among ten events. */
    private static final List<Kind> MIX = List.of(
            Kind.DOWNLOAD,
            Kind.DOWNLOAD,
            Kind.DOWNLOAD,
            Kind.DOWNLOAD,
            Kind.PURCHASE,
            Kind.PURCHASE,
            Kind.NEWSLETTER,
            Kind.PROGRAM_DOWNLOAD,
            Kind.PROGRAM_UPLOAD,
            Kind.PROGRAM_UPLOAD);

    private static final String PDF = "\"attachment\":{\"key\":\"downloads/crm/contract-4711.pdf\"}";

    private final String name;
    private final Random random;
    private int made;

    /** @param name the beginning of every id and address, which makes those of two workloads different */
    public Workload(String name, long seed) {
        this.name = name;
        this.random = new Random(seed);
    }

    public List<SentEvent> events(int count) {
        return Stream.generate(this::event).limit(count).toList();
    }

    /** Downloads, each for one recipient. */
    public List<SentEvent> downloads(int count) {
        return Stream.generate(() -> {
                    var id = "%s-%05d".formatted(name, made++);
                    return request(id, Kind.DOWNLOAD, people(id, 1), """
                        "direction":"download","channel":"email","recipients":[%s],%s\
                        """, PDF);
                })
                .limit(count)
                .toList();
    }

    /** Purchases, each by one customer, with another source than the downloads. */
    public List<SentEvent> purchases(int count) {
        return Stream.generate(() -> {
                    var id = "%s-%05d".formatted(name, made++);
                    return purchase(id, people(id, 1), 1);
                })
                .limit(count)
                .toList();
    }

    /** A download for the recipients of a list with the key {@link #listKey}. */
    public SentEvent audience(int people) {
        var id = name + "-audience";
        return new SentEvent(
                id,
                Kind.AUDIENCE,
                "attachment-requests",
                event(id, "attachment.requested", "crm", """
                    "direction":"download","channel":"email","recipientList":{"key":"%s"},%s\
                    """.formatted(listKey(id), PDF)),
                people(id, people));
    }

    public static String listKey(String id) {
        return "downloads/crm/audiences/" + id + ".ndjson";
    }

    /** With long names. */
    public static String list(SentEvent audience) {
        return audience.recipients().stream()
                .map("{\"address\":\"%%s\",\"name\":\"%s\"}".formatted("名".repeat(250))::formatted)
                .collect(Collectors.joining("\n"));
    }

    private SentEvent event() {
        var id = "%s-%05d".formatted(name, made++);
        var kind = MIX.get(random.nextInt(MIX.size()));
        return switch (kind) {
            case DOWNLOAD -> request(id, kind, people(id, 1 + random.nextInt(3)), """
                "direction":"download","channel":"email","recipients":[%s],%s\
                """, PDF);
            case NEWSLETTER ->
                request(
                        id,
                        kind,
                        people(id, 1 + random.nextInt(3)),
                        """
                        "direction":"download","channel":"newsletter","recipients":[%s],%s\
                        """,
                        PDF
                                + ",\"campaign\":{\"id\":\"autumn\",\"unsubscribeUrl\":\"https://news.example/out?who={recipient}\"}");
            case PROGRAM_DOWNLOAD -> request(id, kind, List.of(), """
                "direction":"download","channel":"event","recipients":[%s],%s\
                """, PDF);
            case PROGRAM_UPLOAD ->
                request(
                        id,
                        kind,
                        people(id, random.nextInt(2)),
                        """
                        "direction":"upload","channel":"event","notify":[%s],%s\
                        """,
                        "\"upload\":{\"contentTypes\":[\"image/png\"],\"contentLength\":%d,\"fileName\":\"%s.png\"}"
                                .formatted(SentEvent.fileOf(id).length, id));
            case PURCHASE -> purchase(id, people(id, 1), 1 + random.nextInt(3));
            case AUDIENCE -> throw new IllegalStateException("A list is not in the mix");
        };
    }

    private static List<String> people(String id, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> "%s-%d@example.com".formatted(id, number))
                .toList();
    }

    private static SentEvent request(String id, Kind kind, List<String> people, String data, String rest) {
        var addresses = people.stream().map("\"%s\""::formatted).collect(Collectors.joining(","));
        return new SentEvent(
                id,
                kind,
                "attachment-requests",
                event(id, "attachment.requested", "crm", data.formatted(addresses, rest)),
                people);
    }

    private static SentEvent purchase(String id, List<String> people, int count) {
        var items = IntStream.rangeClosed(1, count).mapToObj("""
            {"sku":"sku-%1$d","title":"Volume %1$d","attachment":{"key":"downloads/shop/streams.epub"}}\
            """::formatted).collect(Collectors.joining(","));
        return new SentEvent(
                id,
                Kind.PURCHASE,
                "purchases-completed",
                event(id, "purchase.completed", "shop", """
                    "orderId":"%s","purchasedAt":"2026-11-21T09:00:00Z","customer":{"address":"%s"},"items":[%s]\
                    """.formatted(id, people.getFirst(), items)),
                people);
    }

    private static String event(String id, String type, String source, String data) {
        return """
            {"specversion":"1.0","id":"%s","source":"%s","type":"%s","time":"2026-11-21T09:00:00Z","data":{%s}}\
            """.formatted(id, source, type, data);
    }
}
