package dev.attache.metrics;

import dev.attache.contract.EventMessages;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Channel;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.springframework.integration.channel.NullChannel;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.GenericMessage;

/** What it costs to count a published event. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PublishedEventBenchmark {

    private final PublishedEventMeters meters =
            new PublishedEventMeters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));

    private final MessageChannel output = new NullChannel();

    private final Message<byte[]> message = new GenericMessage<>(
            new byte[0],
            Map.of(
                    EventMessages.MEASURED,
                    new EventMessages.Measured.Issued(LinkIssued.Purpose.DOWNLOAD, Channel.EMAIL)));

    @Benchmark
    public void counted() {
        meters.postSend(message, output, true);
    }
}
