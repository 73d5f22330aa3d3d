package dev.attache.binder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

class InHandTests {

    private final InHand inHand = new InHand();

    private final ReceivedMessage message = RecordedSqs.received(1, Map.of());

    @Test
    void aClosedHandTakesNothingMore() {
        inHand.close();

        assertThat(inHand.take(message)).isFalse();
    }

    @Test
    void aDrainEndsWhenTheLastMessageIsPutDown() {
        inHand.take(message);
        Thread.startVirtualThread(() -> inHand.putDown(message));

        assertThat(inHand.drain(Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void aDrainThatRunsOutOfTimeGivesBackWhatIsUnfinished() {
        inHand.take(message);

        assertThat(inHand.drain(Duration.ofMillis(1))).containsExactly(message);
    }
}
