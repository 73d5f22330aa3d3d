package dev.attache.gateway.upload;

import com.sun.net.httpserver.HttpExchange;
import dev.attache.gateway.PageServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server with the upload page, its assets and a storage that answers as a test chooses. */
final class UploadPageServer implements AutoCloseable {

    /** The requests to sign and to store a file. */
    final List<String> received = new CopyOnWriteArrayList<>();

    /** The statuses of the next answers of the storage; 200 if empty. */
    final Queue<Integer> storageAnswers = new ConcurrentLinkedQueue<>();

    private final PageServer server;

    UploadPageServer(UploadPageFixture fixture) throws IOException {
        server = new PageServer("/u/", fixture.browser());
        server.onPost(() -> received.add("sign"));
        server.serve("/storage", this::storage);
        fixture.signer.url = origin() + "/storage?X-Amz-Signature=secret";
    }

    String origin() {
        return server.origin();
    }

    @Override
    public void close() {
        server.close();
    }

    private void storage(HttpExchange exchange) throws IOException {
        int size = exchange.getRequestBody().readAllBytes().length;
        received.add("put " + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                + exchange.getRequestHeaders().getFirst("If-None-Match") + " " + size);
        Integer status = storageAnswers.poll();
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        PageServer.answer(exchange, status == null ? 200 : status, "<x/>".getBytes(StandardCharsets.UTF_8));
    }
}
