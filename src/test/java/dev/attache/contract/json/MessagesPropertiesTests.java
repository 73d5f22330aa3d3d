package dev.attache.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class MessagesPropertiesTests {

    @ParameterizedTest
    @ValueSource(strings = {"0B", "-1B", "255KB", "262143B", "1048577B", "5GB"})
    void sizeOutsideTheLimitsIsRefused(String size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MessagesProperties(DataSize.parse(size)))
                .withMessageStartingWith(
                        "attache.messages.max-size is %dB", DataSize.parse(size).toBytes())
                .withMessageContainingAll("256KB", "1MB");
    }

    @Test
    void sizesWithinTheLimitsAreAccepted() {
        assertThat(new MessagesProperties(DataSize.ofKilobytes(256)).maxSize().toBytes())
                .isEqualTo(262_144);
        assertThat(new MessagesProperties(DataSize.ofMegabytes(1)).maxSize().toBytes())
                .isEqualTo(1_048_576);
    }
}
