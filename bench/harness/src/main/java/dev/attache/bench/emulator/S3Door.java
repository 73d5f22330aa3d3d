package dev.attache.bench.emulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;

/** As much of S3 as a download needs: every object under {@code downloads/} is there, and nothing else is. */
final class S3Door {

    private static final byte[] LIST = Backlogs.list().getBytes(StandardCharsets.UTF_8);

    private static final String LAST_MODIFIED = "Sat, 21 Nov 2026 09:00:00 GMT";

    private final Counts counts;

    S3Door(Counts counts) {
        this.counts = counts;
    }

    void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        counts.call("S3 " + method);
        exchange.getRequestBody().readAllBytes();
        boolean bucket = path.indexOf('/', 1) < 0 || path.endsWith("/");
        if (method.equals("HEAD") && bucket) {
            Responses.send(exchange, 200, "application/xml", new byte[0]);
        } else if (method.equals("GET") && bucket) {
            Responses.send(exchange, 200, "application/xml", "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
        } else if (path.contains("/downloads/")) {
            exchange.getResponseHeaders().set("ETag", "\"0123456789abcdef0123456789abcdef\"");
            exchange.getResponseHeaders().set("Last-Modified", LAST_MODIFIED);
            if (method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(LIST.length));
                Responses.send(exchange, 200, "application/pdf", new byte[0]);
            } else {
                Responses.send(exchange, 200, "application/x-ndjson", LIST);
            }
        } else if (method.equals("PUT") || method.equals("DELETE")) {
            exchange.getResponseHeaders().set("ETag", "\"0123456789abcdef0123456789abcdef\"");
            Responses.send(exchange, 200, "application/xml", new byte[0]);
        } else {
            Responses.send(exchange, 404, "application/xml", "<Error><Code>NoSuchKey</Code><Message>There is none.</Message></Error>");
        }
    }
}
