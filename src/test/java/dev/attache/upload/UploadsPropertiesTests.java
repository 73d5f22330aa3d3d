package dev.attache.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UploadsPropertiesTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void graceShorterThanALinkIsRefused() {
        UploadsProperties properties = new UploadsProperties(MINUTE, Duration.ofMinutes(5), 500);

        assertThatIllegalStateException()
                .isThrownBy(() -> properties.requireGraceBeyond(Duration.ofMinutes(5)))
                .withMessageContaining("attache.uploads.sweep-grace is 300s")
                .withMessageContaining("attache.gateway.upload-link-lifetime");
        assertThat(properties.requireGraceBeyond(Duration.ofMinutes(4))).isEqualTo(properties);
    }

    @Test
    void graceIsNotCheckedWithoutSweeping() {
        UploadsProperties properties = new UploadsProperties(Duration.ZERO, Duration.ZERO, 500);

        assertThat(properties.requireGraceBeyond(Duration.ofMinutes(5))).isEqualTo(properties);
    }

    @Test
    void invalidSettingsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UploadsProperties(MINUTE.negated(), MINUTE, 500))
                .withMessageContaining("attache.uploads.sweep-interval");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UploadsProperties(MINUTE, MINUTE, 0))
                .withMessageContaining("attache.uploads.sweep-limit");
    }
}
