package dev.attache.bench.emulator;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The messages of a backlog. */
enum Backlogs {

    /** A download for one recipient, on the channel email. The main comparison uses it. */
    DOWNLOAD,
    /** The same for 500 recipients. */
    FIVE_HUNDRED,
    /** The same for the 10,000 recipients of {@link #list()}. */
    LIST,
    /** As {@link #DOWNLOAD}, and its mail is sent. */
    MAIL,
    /** As {@link #LIST}, and its mails are sent. */
    MAIL_LIST;

    static final String MARK = "bench-";

    private static final String PERSON = "{\"address\":\"" + MARK
            + "%d@example.com\",\"name\":\"Ana Lima\",\"locale\":\"pt-BR\",\"timeZone\":\"America/Sao_Paulo\"}";

    static final int LIST_LENGTH = 10_000;

    private static final int PART = 500;

    /** The number of objects that are linked to repeatedly. */
    private static final int OBJECTS = 100;

    static Backlogs of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether mails are sent for the links, not only links published. */
    boolean isMailed() {
        return this == MAIL || this == MAIL_LIST;
    }

    /** Whether each request is for one recipient, whose number is that of the request. */
    boolean isOnePersonEach() {
        return this == DOWNLOAD || this == MAIL;
    }

    String body(long number) {
        return """
            {"specversion":"1.0","id":"%s%d","source":"crm","type":"attachment.requested","time":"2026-11-21T09:00:00Z",\
            "subject":"contract-%d","data":{"direction":"download","channel":"email",%s,\
            "attachment":{"key":"downloads/crm/contract-%d.pdf","fileName":"Contract.pdf"},"expiresIn":"PT24H",\
            "message":{"subject":"Your contract","text":"Please find your contract below."}}}\
            """.formatted(MARK, number, number, audience(number), number % OBJECTS);
    }

    private String audience(long number) {
        return switch (this) {
            case DOWNLOAD, MAIL -> "\"recipients\":[" + PERSON.formatted(number) + "]";
            case FIVE_HUNDRED ->
                IntStream.range(0, PART)
                        .mapToObj(i -> PERSON.formatted(number * PART + i))
                        .collect(Collectors.joining(",", "\"recipients\":[", "]"));
            case LIST, MAIL_LIST -> "\"recipientList\":{\"key\":\"downloads/crm/audience.ndjson\"}";
        };
    }

    /** The object that {@link #LIST} names. */
    static String list() {
        return IntStream.range(0, LIST_LENGTH).mapToObj(PERSON::formatted).collect(Collectors.joining("\n"));
    }
}
