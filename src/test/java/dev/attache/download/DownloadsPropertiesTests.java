package dev.attache.download;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadsPropertiesTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest
    @ValueSource(strings = {"PT59S", "PT1H1S", "PT0S"})
    void lifetimeThatIsUselessOrDangerousIsRefused(Duration lifetime) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DownloadsProperties(lifetime, MINUTE, 1))
                .withMessageContaining("attache.downloads.link-lifetime is " + lifetime)
                .withMessageContaining("1m to 1h");
    }

    @Test
    void invalidSweepsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DownloadsProperties(MINUTE, MINUTE.negated(), 1))
                .withMessageContaining("attache.downloads.sweep-interval");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DownloadsProperties(MINUTE, MINUTE, 0))
                .withMessageContaining("attache.downloads.sweep-limit");
    }
}
