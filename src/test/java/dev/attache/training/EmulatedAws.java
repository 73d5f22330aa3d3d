package dev.attache.training;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The calls of SQS, SNS and S3 that a worker makes in a {@link TrainingRun}, on one port of the loopback interface. Any
 * other call gets no answer: the connection is closed.
 */
final class EmulatedAws implements AutoCloseable {

    private final HttpServer server;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final EmulatedQueues queues;

    private final EmulatedTopics topics;

    private final EmulatedBucket bucket = new EmulatedBucket();

    private EmulatedAws(HttpServer server, int requests) {
        this.server = server;
        queues = new EmulatedQueues("http://127.0.0.1:" + server.getAddress().getPort(), requests);
        topics = new EmulatedTopics(queues);
    }

    /** @param requests how many requests for a download are in the queue {@code attachment-requests} */
    static EmulatedAws start(int requests) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        EmulatedAws aws = new EmulatedAws(server, requests);
        server.createContext("/", aws::answer);
        server.setExecutor(aws.threads);
        server.start();
        return aws;
    }

    String endpoint() {
        return queues.endpoint();
    }

    /** Completes when the worker has deleted every request, and the message of every mail that follows from it. */
    CompletableFuture<Void> finished() {
        return queues.finished();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target != null) {
            String call = target.substring(target.indexOf('.') + 1);
            send(exchange, "application/x-amz-json-1.0", queues.answer(call, text(body)));
        } else if (text(body).startsWith("Action=")) {
            send(exchange, "text/xml", topics.answer(text(body)));
        } else {
            bucket.answer(exchange, body);
        }
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
