package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.binder.gate.Gate;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Pause, resume, stop and start of a binding while messages arrive. */
class PausedInputIT extends InputTestBase {

    @Test
    void messagesThatArriveWhileAnInputIsPausedAreHandledAfterItIsResumed() {
        start(Map.of());
        await().atMost(SOON).until(() -> status().lastPoll() != null);
        pauseUntilNoReceiveIsInFlight();

        sendTen(messages("a", 10));
        await().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> begun.get() == 0 && queue.depth("work") == 10);
        assertThat(status())
                .returns(true, InputStatus::paused)
                .returns(true, InputStatus::running)
                .returns(null, InputStatus::unansweredSince)
                .returns(Gate.State.OPEN, InputStatus::gate);
        bindings().resume("work-in-0");

        await().atMost(SOON).until(() -> handled.size() == 10);
        assertThat(status().paused()).isFalse();
    }

    @Test
    void messagesInFlightAreKeptInFlightAndSettledWhileAnInputIsPaused() {
        mayEnd = new CountDownLatch(1);
        start(Map.of("visibility-timeout", "5s"));
        sendTen("a0");
        await().atMost(SOON).until(() -> inFlight.size() == 1);
        pauseUntilNoReceiveIsInFlight();

        // Longer than the visibility timeout: without the heartbeat the message would become visible.
        await().during(Duration.ofSeconds(8)).atMost(SOON).until(() -> begun.get() == 1 && status().inFlight() == 1);
        mayEnd.countDown();

        await().atMost(SOON).until(() -> queue.depth("work") == 0);
        assertThat(handled).containsExactly("a0");
        assertThat(status().paused()).isTrue();
    }

    @Test
    void aStoppedInputReceivesAgainAfterItIsStarted() {
        // SQS may still deliver the message to the poll that the stop cancelled.
        start(Map.of("visibility-timeout", "5s"));
        bindings().stop("work-in-0");
        sendTen("a0");
        assertThat(status()).returns(false, InputStatus::running).returns(null, InputStatus::unansweredSince);

        bindings().start("work-in-0");

        await().atMost(SOON).until(() -> handled.contains("a0"));
    }

    @Test
    void aPauseLastsOverAStopAndAStart() {
        start(Map.of());
        pauseUntilNoReceiveIsInFlight();
        bindings().stop("work-in-0");
        bindings().start("work-in-0");
        sendTen("a0");
        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> begun.get() == 0 && status().receives() == 0);

        bindings().resume("work-in-0");

        await().atMost(SOON).until(() -> handled.contains("a0"));
    }
}
