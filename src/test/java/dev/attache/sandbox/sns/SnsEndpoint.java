package dev.attache.sandbox.sns;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * SNS for publishers to queues: topics, subscriptions with filter policies and raw delivery, single and batched
 * publishing. It uses the Query protocol with XML responses, as SNS does. Signatures are not checked. The response is
 * sent after the message was sent to the queues; SNS responds earlier.
 */
public final class SnsEndpoint implements AutoCloseable {

    static {
        // Without this property, Nagle's algorithm and delayed acknowledgements add 40 ms to each request on a reused
        // connection.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Logger LOG = LoggerFactory.getLogger(SnsEndpoint.class);
    private static final String NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/";
    private static final int THREADS = 16;
    private static final int BACKLOG = 256;

    private final HttpServer server;
    private final ExecutorService threads;
    private final SnsActions actions;

    private SnsEndpoint(HttpServer server, ExecutorService threads, SnsActions actions) {
        this.server = server;
        this.threads = threads;
        this.actions = actions;
    }

    /**
     * Starts listening.
     *
     * @param sqs for the queues; is not closed
     * @param published gets every message that is published
     * @throws IOException if the port is in use
     */
    public static SnsEndpoint start(
            String host, int port, String region, String account, SqsClient sqs, PublishedMessages published)
            throws IOException {
        var server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
        var threads = Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().name("sns-", 0).daemon().factory());
        var endpoint = new SnsEndpoint(
                server,
                threads,
                new SnsActions(new Topics(region, account), new QueueDelivery(sqs), published, account));
        server.setExecutor(threads);
        server.createContext("/", endpoint::answer);
        server.start();
        return endpoint;
    }

    private void answer(HttpExchange exchange) throws IOException {
        var requestId = UUID.randomUUID().toString();
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            try {
                var request = QueryRequest.parse(body);
                var action = request.required("Action");
                var result = actions.perform(action, request);
                send(
                        exchange,
                        200,
                        new Xml()
                                .nest(action + "Result", result)
                                .nest("ResponseMetadata", metadata -> metadata.element("RequestId", requestId)),
                        action + "Response");
            } catch (SnsException refused) {
                sendError(exchange, refused.status(), "Sender", refused.code(), refused, requestId);
            } catch (RuntimeException failed) {
                LOG.warn("The sandbox's SNS failed", failed);
                sendError(exchange, 500, "Receiver", "InternalError", failed, requestId);
            }
        }
    }

    private static void sendError(
            HttpExchange exchange, int status, String type, String code, RuntimeException error, String requestId)
            throws IOException {
        var details = new Xml()
                .element("Type", type)
                .element("Code", code)
                .element("Message", String.valueOf(error.getMessage()));
        send(exchange, status, new Xml().nest("Error", details).element("RequestId", requestId), "ErrorResponse");
    }

    private static void send(HttpExchange exchange, int status, Xml content, String root) throws IOException {
        var xml = "<%s xmlns=\"%s\">%s</%s>"
                .formatted(root, NAMESPACE, content, root)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(status, xml.length);
        exchange.getResponseBody().write(xml);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
