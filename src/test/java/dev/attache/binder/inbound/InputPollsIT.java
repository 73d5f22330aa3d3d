package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.binder.gate.Downstream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** When an input polls its queue. */
class InputPollsIT extends InputTestBase {

    @Test
    void anInputWithFewerMessagesInFlightThanAPollReceivesAll() {
        mayEnd = new CountDownLatch(1);
        sendTen(messages("a", 10));
        start(Map.of("max-in-flight", "3"));
        await().atMost(SOON).until(() -> inFlight.size() == 3);
        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> inFlight.size() == 3);

        mayEnd.countDown();

        await().atMost(SOON).until(() -> handled.size() == 10);
    }

    @Test
    void anInputPollsAgainWhenItsGateOpens() {
        service.is(Downstream.State.DOWN);
        sendTen(messages("a", 10));
        start(Map.of("max-in-flight", "3"));
        await().during(Duration.ofSeconds(3)).atMost(SOON).until(handled::isEmpty);

        service.is(Downstream.State.UP);
        await().atMost(SOON).until(() -> handled.size() == 10);
        service.is(Downstream.State.DOWN);
        // Longer than a poll timeout: polls in flight have ended.
        await().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> handled.size() == 10);
        sendTen(messages("b", 10));
        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> handled.size() == 10);
        service.is(Downstream.State.UP);

        await().atMost(SOON).until(() -> handled.size() == 20);
    }

    @Test
    void oneInvalidMessageOfAPollFailsAlone() {
        sendTen("a0", "a1", "bad", "a3", "a4", "a5", "a6", "a7", "a8", "a9");

        start(Map.of("backoff-initial", "5m", "backoff-max", "5m"));

        await().atMost(SOON).until(() -> handled.size() == 9);
        await().atMost(SOON).until(() -> queue.depth("work") == 1);
        await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> queue.depth("work") == 1);
    }

    @Test
    void aStopDoesNotWaitForALongPoll() {
        start(Map.of("poll-timeout", "20s"));
        sendTen("a0");
        await().atMost(SOON).until(() -> queue.depth("work") == 0 && handled.size() == 1);
        long before = System.nanoTime();

        application.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
    }
}
