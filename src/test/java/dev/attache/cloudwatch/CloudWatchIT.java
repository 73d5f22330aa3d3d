package dev.attache.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.attache.reliability.worker.DedicatedAws;
import dev.attache.reliability.worker.InProcessWorker;
import dev.attache.reliability.worker.ReceiveRecorder;
import dev.attache.topology.Topology;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** A worker sends its meters to CloudWatch, here a server that records the calls. */
class CloudWatchIT {

    private final List<String> calls = new CopyOnWriteArrayList<>();

    private int status = 200;

    private HttpServer cloudWatch;

    @BeforeEach
    void startCloudWatch() throws IOException {
        cloudWatch = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        cloudWatch.createContext("/", this::answer);
        cloudWatch.start();
    }

    /** The body is CBOR (smithy-rpc-v2-cbor), in which names and text are plain UTF-8. */
    private void answer(HttpExchange exchange) throws IOException {
        boolean compressed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        InputStream body = exchange.getRequestBody();
        try (InputStream plain = compressed ? new GZIPInputStream(body) : body) {
            calls.add(new String(plain.readAllBytes(), StandardCharsets.ISO_8859_1));
        }
        exchange.getResponseHeaders().set("smithy-protocol", "rpc-v2-cbor");
        exchange.getResponseHeaders().set("Content-Type", "application/cbor");
        // An empty map
        byte[] answer = {(byte) 0xa0};
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @AfterEach
    void stopCloudWatch() {
        cloudWatch.stop(0);
    }

    /** The last values are sent when the worker stops. */
    @ParameterizedTest
    @ValueSource(ints = {200, 403})
    void aWorkerSendsItsMetersAndStaysHealthyIfTheyAreRefused(int statusOfCloudWatch) {
        status = statusOfCloudWatch;
        try (DedicatedAws aws = DedicatedAws.start(Duration.ofSeconds(30))) {
            Map<String, String> settings = Map.of(
                    "attache.cloudwatch.enabled",
                    "true",
                    "spring.cloud.aws.endpoint",
                    "http://localhost:" + cloudWatch.getAddress().getPort());
            try (ConfigurableApplicationContext worker =
                    InProcessWorker.start(aws.surroundings(), settings, new ReceiveRecorder())) {
                assertThat(worker.getBean(HealthEndpoint.class).health().getStatus())
                        .isEqualTo(Status.UP);
                assertThat(worker.getBean(MeterRegistry.class)
                                .get("attache.input.gate")
                                .gauges())
                        .hasSize(Topology.queueNames().size());
                assertThat(worker.getBean(PrometheusMeterRegistry.class).scrape())
                        .contains("attache_input_gate", "attache_batch_entries", "jvm_memory_used_bytes");
            }
        }

        String sent = String.join("", calls);
        assertThat(sent)
                .contains(
                        "Attache",
                        "attache.input.running.value",
                        "attache.input.paused.value",
                        "attache.input.gate.value",
                        "attache.input.poll.unanswered.value",
                        "attache.alarms.value",
                        "resilience4j.circuitbreaker.state.value")
                .contains(Topology.queueNames())
                .doesNotContain("jvm.", "attache.queue.messages");
    }
}
