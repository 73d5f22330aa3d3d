package dev.attache.flows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Receives spans as an OpenTelemetry collector does: OTLP over HTTP, on a free port of this machine. */
final class TraceReceiver implements AutoCloseable {

    private final HttpServer server;

    private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();

    /**
     * A span.
     *
     * @param parent the id of its parent; empty without one
     * @param kind such as {@code SPAN_KIND_CONSUMER}
     * @param links the trace and span ids of its links, with a slash between them
     * @param text everything in it but ids, for tests that something is not in it
     */
    record ReceivedSpan(
            String trace,
            String id,
            String parent,
            String name,
            String kind,
            Map<String, String> attributes,
            List<String> links,
            boolean failed,
            String text) {

        private static ReceivedSpan of(Span span) {
            return new ReceivedSpan(
                    hex(span.getTraceId().toByteArray()),
                    hex(span.getSpanId().toByteArray()),
                    hex(span.getParentSpanId().toByteArray()),
                    span.getName(),
                    span.getKind().name(),
                    span.getAttributesList().stream()
                            .collect(Collectors.toMap(
                                    KeyValue::getKey, each -> each.getValue().getStringValue())),
                    span.getLinksList().stream()
                            .map(link -> hex(link.getTraceId().toByteArray()) + "/"
                                    + hex(link.getSpanId().toByteArray()))
                            .toList(),
                    span.getStatus().getCode() == io.opentelemetry.proto.trace.v1.Status.StatusCode.STATUS_CODE_ERROR,
                    span.toBuilder()
                            .clearTraceId()
                            .clearSpanId()
                            .clearParentSpanId()
                            .clearLinks()
                            .build()
                            .toString());
        }

        private static String hex(byte[] id) {
            return HexFormat.of().formatHex(id);
        }
    }

    TraceReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::receive);
        server.start();
    }

    String endpoint() {
        return "http://localhost:" + server.getAddress().getPort() + "/v1/traces";
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            request.getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream())
                    .map(ReceivedSpan::of)
                    .forEach(spans::add);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    List<ReceivedSpan> spans() {
        return List.copyOf(spans);
    }

    /** Waits for a span of a trace. */
    ReceivedSpan await(String trace, String name) {
        return await(
                trace + " " + name,
                span -> span.trace().equals(trace) && span.name().equals(name));
    }

    ReceivedSpan await(String alias, Predicate<ReceivedSpan> fits) {
        return Awaitility.await(alias)
                .atMost(Duration.ofSeconds(20))
                .until(() -> spans.stream().filter(fits).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
