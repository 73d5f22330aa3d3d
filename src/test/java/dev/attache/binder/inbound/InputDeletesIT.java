package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A handled message is deleted, and not received again before. */
class InputDeletesIT extends InputTestBase {

    @Test
    void aMessageThatIsFinishedDuringAStopIsDeleted() throws Exception {
        mayEnd = new CountDownLatch(1);
        sendTen(messages("a", 10));
        start(Map.of());
        await().atMost(SOON).until(() -> inFlight.size() == 10);
        Thread stopping = Thread.startVirtualThread(() -> application.close());
        await().atMost(SOON).until(application::isClosed);
        await().during(Duration.ofSeconds(1)).atMost(SOON).until(stopping::isAlive);

        mayEnd.countDown();

        assertThat(stopping.join(SOON)).isTrue();
        assertThat(handled).hasSize(10);
        assertThat(queue.depth("work")).isZero();
    }

    /** The timeout is requested with each receive, and the heartbeat extends it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aQueueWithoutAVisibilityTimeoutDeliversAMessageOnce(boolean fromTheStart) {
        mayEnd = new CountDownLatch(1);
        if (fromTheStart) {
            removeVisibilityTimeout();
        }
        start(Map.of("visibility-timeout", "6s"));
        if (!fromTheStart) {
            removeVisibilityTimeout();
        }
        sendTen("a0");
        await().atMost(SOON).until(() -> begun.get() == 1);

        // Longer than the visibility timeout.
        await().during(Duration.ofSeconds(8)).atMost(SOON).until(() -> begun.get() == 1);

        mayEnd.countDown();
        await().atMost(SOON).until(() -> handled.size() == 1 && queue.depth("work") == 0);
        assertThat(begun).hasValue(1);
    }

    private void removeVisibilityTimeout() {
        sqs.setQueueAttributes(it -> it.queueUrl(url).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "0")));
    }
}
