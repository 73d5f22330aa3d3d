package dev.attache.gateway.upload;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** An HTTP server with the upload page, its assets and a storage that answers as a test chooses. */
final class UploadPageServer implements AutoCloseable {

    /** The requests to sign and to store a file. */
    final List<String> received = new CopyOnWriteArrayList<>();

    /** The statuses of the next answers of the storage; 200 if empty. */
    final Queue<Integer> storageAnswers = new ConcurrentLinkedQueue<>();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final HttpServer server;

    private final MockMvc gateway;

    UploadPageServer(UploadPageFixture fixture) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/u/", this::gateway);
        server.createContext("/assets/", this::asset);
        server.createContext("/storage", this::storage);
        fixture.signer.url = origin() + "/storage?X-Amz-Signature=secret";
        gateway = fixture.browser();
        server.start();
    }

    String origin() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void gateway(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try {
            if (exchange.getRequestMethod().equals("POST")) {
                received.add("sign");
            }
            MockHttpServletResponse answer = gateway.perform(
                            exchange.getRequestMethod().equals("POST")
                                    ? post(path)
                                            .contentType(MediaType.APPLICATION_JSON)
                                            .header("Accept-Language", "en-GB")
                                            .content(exchange.getRequestBody().readAllBytes())
                                    : get(path).header("Accept-Language", "en-GB"))
                    .andReturn()
                    .getResponse();
            String policy = String.valueOf(answer.getHeader("Content-Security-Policy"));
            answer(
                    exchange,
                    answer.getStatus(),
                    String.valueOf(answer.getContentType()),
                    policy,
                    answer.getContentAsByteArray());
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private void asset(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String type = path.endsWith(".css") ? "text/css" : path.endsWith(".js") ? "text/javascript" : "image/svg+xml";
        try (InputStream asset = Objects.requireNonNull(getClass().getResourceAsStream("/static" + path))) {
            answer(exchange, 200, type, "", asset.readAllBytes());
        }
    }

    private void storage(HttpExchange exchange) throws IOException {
        int size = exchange.getRequestBody().readAllBytes().length;
        received.add("put " + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                + exchange.getRequestHeaders().getFirst("If-None-Match") + " " + size);
        Integer status = storageAnswers.poll();
        answer(exchange, status == null ? 200 : status, "application/xml", "", "<x/>".getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String type, String policy, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (!policy.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Security-Policy", policy);
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
