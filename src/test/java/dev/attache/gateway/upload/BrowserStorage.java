package dev.attache.gateway.upload;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.attache.encoding.Sha256;
import dev.attache.gateway.PageServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A storage for a browser, on an origin of its own, so that the browser asks for permission (CORS). It counts the bytes
 * that it receives, and loses connections, answers with errors or stands still as a test asks for.
 */
final class BrowserStorage implements AutoCloseable {

    private static final int BLOCK = 64 * 1024;

    /** A request whose body has arrived. */
    record Received(
            URI address,
            @Nullable String contentType,
            @Nullable String ifNoneMatch,
            long size,
            byte[] sha256) {}

    /** The statuses of the next answers; 200 if empty. */
    final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

    final List<Received> received = new CopyOnWriteArrayList<>();

    /** The bytes of all bodies, also of those that were cut. */
    final AtomicLong bytes = new AtomicLong();

    /** The connections are lost once so many bytes have been received. */
    volatile long cutAt = Long.MAX_VALUE;

    /** Whether bodies are stored, but the connection is lost before the answer. */
    volatile boolean losesAnswers;

    /** Until it is at zero, the storage reads no body. */
    volatile CountDownLatch reading = new CountDownLatch(0);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final Stored stored;

    /** Stores a body, and returns the status. */
    @FunctionalInterface
    interface Stored {

        int put(Received request);
    }

    BrowserStorage(Stored stored) throws IOException {
        this.stored = stored;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        reading.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String requested = exchange.getRequestHeaders().getFirst("Access-Control-Request-Headers");
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        exchange.getResponseHeaders().set("Access-Control-Allow-Methods", "PUT");
        exchange.getResponseHeaders().set("Access-Control-Allow-Headers", requested == null ? "" : requested);
        if (exchange.getRequestMethod().equals("OPTIONS")) {
            PageServer.answer(exchange, 200, new byte[0]);
            return;
        }
        try {
            reading.await();
            Received request = read(exchange);
            if (request == null) {
                exchange.close();
                return;
            }
            received.add(request);
            Integer refusal = statuses.poll();
            int status = refusal == null ? stored.put(request) : refusal;
            if (losesAnswers) {
                exchange.close();
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            PageServer.answer(exchange, status, "<x/>".getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return null if the connection is to be cut */
    private @Nullable Received read(HttpExchange exchange) throws IOException {
        MessageDigest digest = Sha256.digest();
        InputStream body = exchange.getRequestBody();
        byte[] block = new byte[BLOCK];
        long size = 0;
        for (int count = body.read(block); count >= 0; count = body.read(block)) {
            digest.update(block, 0, count);
            size += count;
            if (bytes.addAndGet(count) >= cutAt) {
                return null;
            }
        }
        return new Received(
                exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                exchange.getRequestHeaders().getFirst("If-None-Match"),
                size,
                digest.digest());
    }
}
