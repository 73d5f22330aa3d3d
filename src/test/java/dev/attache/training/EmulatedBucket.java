package dev.attache.training;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A bucket with conditional writes (Amazon S3 API Reference, "PutObject"). HEAD finds an object of 48,211 bytes under
 * every key; GET finds what was written. Lists are empty.
 */
final class EmulatedBucket {

    private static final byte[] NO_OBJECT = "<Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.UTF_8);

    private static final byte[] NO_LOCK =
            "<Error><Code>ObjectLockConfigurationNotFoundError</Code></Error>".getBytes(StandardCharsets.UTF_8);

    private static final byte[] EMPTY_LIST =
            "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>".getBytes(StandardCharsets.UTF_8);

    private static final byte[] NOTHING = {};

    private final Map<String, StoredObject> objects = new ConcurrentHashMap<>();

    private final AtomicInteger writes = new AtomicInteger();

    private record StoredObject(String eTag, byte[] content) {}

    void answer(HttpExchange exchange, byte[] body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getQuery() == null
                ? ""
                : exchange.getRequestURI().getQuery();
        switch (exchange.getRequestMethod()) {
            case "HEAD" -> {
                exchange.getResponseHeaders().set("Content-Type", "application/pdf");
                exchange.getResponseHeaders().set("Content-Length", "48211");
                send(exchange, 200, "\"0123456789abcdef0123456789abcdef\"", NOTHING);
            }
            case "GET" -> {
                StoredObject found = objects.get(path);
                if (found != null) {
                    send(exchange, 200, found.eTag(), found.content());
                } else if (query.contains("list-type")) {
                    send(exchange, 200, null, EMPTY_LIST);
                } else {
                    send(exchange, 404, null, query.contains("object-lock") ? NO_LOCK : NO_OBJECT);
                }
            }
            case "PUT" -> {
                String eTag = put(path, body, exchange);
                send(exchange, eTag == null ? 412 : 200, eTag, NOTHING);
            }
            case "DELETE" -> {
                objects.remove(path);
                send(exchange, 204, null, NOTHING);
            }
            default ->
                throw new IllegalArgumentException(
                        "The training run does not emulate " + exchange.getRequestMethod() + " of S3");
        }
    }

    /** Returns the new ETag; null if the condition of the request is not met. */
    private synchronized @Nullable String put(String path, byte[] body, HttpExchange exchange) {
        StoredObject found = objects.get(path);
        String expected = exchange.getRequestHeaders().getFirst("If-Match");
        boolean mustBeNew = exchange.getRequestHeaders().containsKey("If-None-Match");
        if (mustBeNew && found != null || expected != null && (found == null || !expected.equals(found.eTag()))) {
            return null;
        }
        String eTag = "\"%032d\"".formatted(writes.incrementAndGet());
        objects.put(path, new StoredObject(eTag, body));
        return eTag;
    }

    private static void send(HttpExchange exchange, int status, @Nullable String eTag, byte[] body) throws IOException {
        if (eTag != null) {
            exchange.getResponseHeaders().set("ETag", eTag);
            exchange.getResponseHeaders()
                    .set(
                            "Last-Modified",
                            DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
