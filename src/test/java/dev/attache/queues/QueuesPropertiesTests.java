package dev.attache.queues;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueuesPropertiesTests {

    @Test
    void anIntervalOfZeroIsRefusedAndTheSettingIsNamed() {
        assertThatThrownBy(() -> new QueuesProperties(Duration.ZERO, Duration.ofSeconds(10), List.of()))
                .hasMessageContaining("attache.queues.sample-interval is PT0S, but must be longer than 0s");
        assertThatThrownBy(() -> new QueuesProperties(Duration.ofSeconds(10), Duration.ofSeconds(-1), List.of()))
                .hasMessageContaining("attache.queues.pause-check-interval");
    }
}
