package dev.attache.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.cloudwatch2.CloudWatchMeterRegistry;
import io.micrometer.core.instrument.Gauge;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;

class CloudWatchMetersTests {

    private final Recorder cloudWatch = new Recorder();

    private final CloudWatchMeterRegistry registry = CloudWatchMeters.registry("Attache", cloudWatch);

    @Test
    void metersHaveTheNamesAndDimensionsThatAlarmsUse() {
        gauge("attache.input.gate", 2, "queue", "purchases-completed");
        gauge("attache.alarms", 1, "alarm", "access-denied", "source", "all");
        registry.counter("attache.mails", "channel", "email", "outcome", "sent").increment(3);

        registry.close();

        assertThat(cloudWatch.requests)
                .allSatisfy(request -> assertThat(request.namespace()).isEqualTo("Attache"));
        assertThat(cloudWatch.lines())
                .contains(
                        "attache.input.gate.value {queue=purchases-completed} 2.0",
                        "attache.alarms.value {alarm=access-denied, source=all} 1.0",
                        "attache.mails.count {channel=email, outcome=sent} 3.0");
    }

    @Test
    void onlyMetersThatAlarmsNeedAreSent() {
        gauge("attache.queue.messages", 7, "queue", "purchases-completed");
        gauge("jvm.memory.used", 1);

        registry.close();

        assertThat(cloudWatch.lines()).isEmpty();
    }

    @Test
    void aBreakerIsOneMetric() {
        for (String state : List.of("open", "closed", "half_open", "forced_open", "disabled", "metrics_only")) {
            gauge("resilience4j.circuitbreaker.state", state.equals("closed") ? 1 : 0, "name", "s3", "state", state);
        }

        registry.close();

        assertThat(cloudWatch.lines())
                .containsExactly("resilience4j.circuitbreaker.state.value {name=s3, state=open} 0.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AWS/SQS", "a b", "a:b"})
    void aNamespaceThatCloudWatchRefusesStopsTheStart(String namespace) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CloudWatchProperties(true, namespace))
                .withMessageContaining("attache.cloudwatch.namespace is '" + namespace + "'");
    }

    private void gauge(String name, double value, String... tags) {
        Gauge.builder(name, () -> value).tags(tags).register(registry);
    }

    private static final class Recorder implements CloudWatchAsyncClient {

        private final List<PutMetricDataRequest> requests = new CopyOnWriteArrayList<>();

        @Override
        public CompletableFuture<PutMetricDataResponse> putMetricData(PutMetricDataRequest request) {
            requests.add(request);
            return CompletableFuture.completedFuture(
                    PutMetricDataResponse.builder().build());
        }

        /** Name, dimensions and value of each metric. */
        List<String> lines() {
            return requests.stream()
                    .flatMap(request -> request.metricData().stream())
                    .map(Recorder::line)
                    .filter(Predicate.not(String::isEmpty))
                    .toList();
        }

        private static String line(MetricDatum datum) {
            return datum.metricName()
                    + datum.dimensions().stream()
                            .map((Dimension it) -> it.name() + "=" + it.value())
                            .sorted()
                            .collect(Collectors.joining(", ", " {", "} "))
                    + datum.value();
        }

        @Override
        public String serviceName() {
            return "monitoring";
        }

        @Override
        public void close() {}
    }
}
