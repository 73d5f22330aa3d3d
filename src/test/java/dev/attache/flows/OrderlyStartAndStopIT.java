package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.attache.AttacheApplication;
import dev.attache.sandbox.AwsTest;
import dev.attache.sandbox.Surroundings;
import dev.attache.sandbox.TestAws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Workers of their own, beside the one that the other tests share. */
@AwsTest
@ExtendWith(OutputCaptureExtension.class)
class OrderlyStartAndStopIT {

    private static ConfigurableApplicationContext start(Map<String, String> more) {
        Surroundings surroundings = TestAws.surroundings();
        Map<String, String> properties = new HashMap<>(surroundings.properties());
        properties.put("server.port", "0");
        properties.putAll(more);
        List<String> arguments = new ArrayList<>();
        properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new SpringApplicationBuilder(AttacheApplication.class).profiles("sandbox").registerShutdownHook(false)
                .run(arguments.toArray(String[]::new));
    }

    @Test
    void aMissingQueueStopsTheStartAndIsNamed() {
        assertThatThrownBy(() -> start(Map.of("spring.cloud.stream.bindings.purchases-in-0.destination", "nobody-made-this")))
                .hasStackTraceContaining("There is no queue nobody-made-this");
    }

    @Test
    void aStartThatFailsHalfWayLeavesNoThreadBehindThatPolls() {
        long before = pollingThreads();

        assertThatThrownBy(() -> start(Map.of("spring.cloud.stream.bindings.requestParts-in-0.destination", "nobody-made-this")))
                .hasStackTraceContaining("There is no queue nobody-made-this");

        await().atMost(Duration.ofSeconds(20)).until(() -> pollingThreads() <= before);
    }

    private static long pollingThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().contains("#message_source-")).count();
    }

    @Test
    void aMissingTopicStopsTheStartAndIsNamed() {
        assertThatThrownBy(() -> start(Map.of("spring.cloud.stream.bindings.deliveries.destination", "nobody-made-this")))
                .hasStackTraceContaining("There is no topic nobody-made-this");
    }

    @Test
    void aQueueWithoutADeadLetterQueueStopsTheStart() {
        TestAws.surroundings().clients().sqs().createQueue(request -> request.queueName("no-redrive"));

        assertThatThrownBy(() -> start(Map.of("spring.cloud.stream.bindings.purchases-in-0.destination", "no-redrive")))
                .hasStackTraceContaining("Queue no-redrive has no redrive policy");
    }

    @Test
    void aStopEndsThePollsAndLogsNoErrors(CapturedOutput output) {
        ConfigurableApplicationContext worker = start(Map.of());

        worker.close();

        assertThat(worker.isActive()).isFalse();
        assertThat(output.getAll().lines().filter(line -> line.contains(" ERROR ") || line.contains("did not finish")))
                .isEmpty();
    }
}
