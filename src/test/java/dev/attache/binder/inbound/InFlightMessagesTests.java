package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.message.RecordedSqs;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InFlightMessagesTests {

    private final InFlightMessages inFlight = new InFlightMessages();

    private final ReceivedMessage message = RecordedSqs.received(1, Map.of());

    @Test
    void noMessageIsAddedAfterClosing() {
        inFlight.close();

        assertThat(inFlight.add(message)).isFalse();
    }

    @Test
    void aDrainEndsWhenTheLastMessageIsRemoved() {
        inFlight.add(message);
        Thread.startVirtualThread(() -> inFlight.remove(message));

        assertThat(inFlight.drain(Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void aDrainThatTimesOutReturnsAndInterruptsTheRest() {
        inFlight.add(message);

        assertThat(inFlight.drain(Duration.ofMillis(1))).containsExactly(message);
        assertThat(Thread.interrupted()).isTrue();
    }
}
