package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.binder.gate.Downstream;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.stream.binding.BindingService;
import org.springframework.cloud.stream.function.StreamBridge;

/** The meters of an input and an output. */
class InputMetersIT extends InputTestBase {

    private MeterRegistry meters() {
        return application.getBean(MeterRegistry.class);
    }

    private double gauge(String name) {
        Gauge gauge = meters().find("shop." + name).tag("queue", "work").gauge();
        return gauge == null ? Double.NaN : gauge.value();
    }

    private long timed(String name, String... tags) {
        Timer timer = meters().find("shop." + name).tags(tags).timer();
        return timer == null ? 0 : timer.count();
    }

    private void startShop() {
        start(
                Map.of(),
                Map.of(
                        "spring.cloud.stream.sqs.binder.meter-prefix", "shop.",
                        "spring.cloud.stream.output-bindings", "others",
                        "spring.cloud.stream.bindings.others.destination", "queue:work"));
    }

    @Test
    void messagesCallsAndAgesAreMeasured() {
        startShop();

        application.getBean(StreamBridge.class).send("others", "out");

        await().atMost(SOON).until(() -> timed("calls", "operation", "delete", "outcome", "success") == 1);
        assertThat(timed("process", "queue", "work", "outcome", "handled")).isEqualTo(1);
        assertThat(timed("publish", "destination", "work", "outcome", "published"))
                .isEqualTo(1);
        assertThat(timed("message.age", "queue", "work")).isEqualTo(1);
        assertThat(timed("calls", "service", "sqs", "operation", "send", "target", "work", "outcome", "success"))
                .isEqualTo(1);
        assertThat(timed("calls", "operation", "receive", "target", "work", "outcome", "success"))
                .isPositive();
        assertThat(meters().get("shop.batch.entries")
                        .tag("operation", "receive")
                        .summary()
                        .totalAmount())
                .isEqualTo(1);
    }

    @Test
    void theStateOfAnInputIsMeasured() {
        mayEnd = new CountDownLatch(1);
        startShop();
        sendTen(messages("a", 3));
        await().atMost(SOON).until(() -> gauge("input.in.flight") == 3);
        assertThat(gauge("input.reserved")).isPositive();
        assertThat(gauge("input.running")).isEqualTo(1);
        assertThat(gauge("input.paused")).isZero();
        assertThat(gauge("input.gate")).isZero();
        await().atMost(SOON).until(() -> gauge("input.oldest.in.flight") > 0);

        service.is(Downstream.State.PROBING);
        assertThat(gauge("input.gate")).isEqualTo(1);
        service.is(Downstream.State.DOWN);
        assertThat(gauge("input.gate")).isEqualTo(2);
        bindings().pause("work-in-0");
        assertThat(gauge("input.paused")).isEqualTo(1);
        // The stop would wait for the messages in flight.
        mayEnd.countDown();
        bindings().stop("work-in-0");
        assertThat(gauge("input.running")).isZero();
    }

    @Test
    void receivesThatFailAreCounted() {
        startShop();
        pauseUntilNoReceiveIsInFlight();
        sqs.deleteQueue(it -> it.queueUrl(url));

        bindings().resume("work-in-0");

        await().atMost(SOON).until(() -> timed("calls", "operation", "receive", "outcome", "resource") > 1);
        assertThat(gauge("input.poll.unanswered")).isPositive();
    }

    @Test
    void theGaugesOfAnInputThatIsUnboundAreRemoved() {
        startShop();
        assertThat(gauge("input.running")).isEqualTo(1);

        application.getBean(BindingService.class).unbindConsumers("work-in-0");

        assertThat(gauge("input.running")).isNaN();
    }
}
