package dev.attache.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** An HTTP server with the controllers of a kind of page and the assets of all pages, for a real browser. */
public final class PageServer implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final HttpServer server;

    private final MockMvc gateway;

    private volatile Consumer<String> posted = path -> {};

    /** @param path the start of the paths of the page */
    public PageServer(String path, MockMvc gateway) throws IOException {
        this.gateway = gateway;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(path, this::page);
        server.createContext("/assets/", this::asset);
        server.start();
    }

    public String origin() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Adds what is done when a POST arrives, before it is answered. It gets the path. */
    public void onPost(Consumer<String> action) {
        posted = action;
    }

    /** Adds other paths. */
    public void serve(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void page(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            posted.accept(exchange.getRequestURI().getPath());
        }
        try {
            MockHttpServletRequestBuilder request = MockMvcRequestBuilders.request(
                    HttpMethod.valueOf(exchange.getRequestMethod()), exchange.getRequestURI());
            for (String header : List.of("Accept-Language", "User-Agent", "Content-Type")) {
                String value = exchange.getRequestHeaders().getFirst(header);
                if (value != null) {
                    request.header(header, value);
                }
            }
            MockHttpServletResponse answer = gateway.perform(
                            request.content(exchange.getRequestBody().readAllBytes()))
                    .andReturn()
                    .getResponse();
            for (String header : answer.getHeaderNames()) {
                exchange.getResponseHeaders().put(header, answer.getHeaders(header));
            }
            answer(exchange, answer.getStatus(), answer.getContentAsByteArray());
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private void asset(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/assets/colors/")) {
            page(exchange);
            return;
        }
        String type = path.endsWith(".css") ? "text/css" : path.endsWith(".js") ? "text/javascript" : "image/svg+xml";
        try (InputStream asset = Objects.requireNonNull(getClass().getResourceAsStream("/static" + path))) {
            exchange.getResponseHeaders().set("Content-Type", type);
            answer(exchange, 200, asset.readAllBytes());
        }
    }

    /** Sends a response with the headers that are set. */
    public static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().remove("Content-Length");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
