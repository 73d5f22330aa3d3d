package dev.attache.bench.emulator;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The part of S3 that downloads and the ledger need. Every object under {@code downloads/} exists, and others after
 * they were written.
 */
final class S3Endpoint {

    private static final byte[] LIST = Backlogs.list().getBytes(StandardCharsets.UTF_8);

    private static final String LAST_MODIFIED = "Sat, 21 Nov 2026 09:00:00 GMT";

    private static final byte[] EMPTY = {};

    private final Counts counts;

    private final ObjectStore objects;

    S3Endpoint(Counts counts, ObjectStore objects) {
        this.counts = counts;
        this.objects = objects;
    }

    void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        counts.call("S3 " + method);
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean bucket = path.indexOf('/', 1) < 0 || path.endsWith("/");
        if (method.equals("HEAD") && bucket) {
            Responses.send(exchange, 200, "application/xml", EMPTY);
        } else if (method.equals("GET") && bucket) {
            Responses.send(
                    exchange,
                    200,
                    "application/xml",
                    "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
        } else if (path.contains("/downloads/")) {
            exchange.getResponseHeaders().set("ETag", "\"0123456789abcdef0123456789abcdef\"");
            exchange.getResponseHeaders().set("Last-Modified", LAST_MODIFIED);
            if (method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(LIST.length));
                Responses.send(exchange, 200, "application/pdf", EMPTY);
            } else {
                Responses.send(exchange, 200, "application/x-ndjson", LIST);
            }
        } else {
            answerForStored(exchange, method, path, body);
        }
    }

    private void answerForStored(HttpExchange exchange, String method, String path, byte[] body) throws IOException {
        switch (method) {
            case "PUT" -> put(exchange, path, body);
            case "DELETE" -> {
                objects.delete(path);
                Responses.send(exchange, 204, "application/xml", EMPTY);
            }
            case "GET", "HEAD" -> get(exchange, method, path);
            default -> missing(exchange, method);
        }
    }

    private void put(HttpExchange exchange, String path, byte[] body) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        byte[] content = isChunked(headers) ? AwsChunked.decode(body) : body;
        ObjectStore.Outcome outcome = objects.put(
                path, content, headers.containsKey("If-None-Match"), Optional.ofNullable(headers.getFirst("If-Match")));
        if (outcome == ObjectStore.Outcome.WRITTEN) {
            exchange.getResponseHeaders().set("ETag", ObjectStore.eTag(content));
            Responses.send(exchange, outcome.status(), "application/xml", EMPTY);
        } else {
            error(exchange, outcome.status(), outcome.code());
        }
    }

    private static boolean isChunked(Headers headers) {
        String encoding = String.valueOf(headers.getFirst("Content-Encoding"));
        String hash = String.valueOf(headers.getFirst("x-amz-content-sha256"));
        return encoding.contains("aws-chunked") || hash.startsWith("STREAMING-");
    }

    private void get(HttpExchange exchange, String method, String path) throws IOException {
        Optional<ObjectStore.Stored> found = objects.get(path);
        if (found.isEmpty()) {
            missing(exchange, method);
            return;
        }
        ObjectStore.Stored stored = found.get();
        // The JDK's server adds the header Date.
        exchange.getResponseHeaders().set("ETag", stored.eTag());
        exchange.getResponseHeaders()
                .set(
                        "Last-Modified",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                stored.lastModified().atOffset(ZoneOffset.UTC)));
        if (method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(stored.content().length));
            Responses.send(exchange, 200, "application/octet-stream", EMPTY);
        } else {
            Responses.send(exchange, 200, "application/octet-stream", stored.content());
        }
    }

    private static void missing(HttpExchange exchange, String method) throws IOException {
        if (method.equals("HEAD")) {
            Responses.send(exchange, 404, "application/xml", EMPTY);
        } else {
            error(exchange, 404, "NoSuchKey");
        }
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        Responses.send(
                exchange,
                status,
                "application/xml",
                "<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>");
    }
}
