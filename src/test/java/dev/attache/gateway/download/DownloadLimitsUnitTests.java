package dev.attache.gateway.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.downloads.DeliveryKey;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of one link against others who use them up. */
class DownloadLimitsUnitTests {

    private static final DeliveryKey LINK = new DeliveryKey(1, 2, new UUID(3, 4));

    private static final String RECIPIENT = "192.0.2.77";

    private long nanoTime;

    /** Fewer rates than networks are kept. */
    private final DownloadLimits limits = new DownloadLimits(100, () -> nanoTime);

    private void assertTheRecipientIsNotLockedOut() {
        assertThat(limits.press(LINK, RECIPIENT)).isZero();
        assertThat(limits.address("ana@example.com", LINK, RECIPIENT)).isZero();
        assertThat(limits.renewal(LINK, RECIPIENT)).isZero();
    }

    /** Many networks that do everything that can be done with the link, for an hour. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void othersWithManyNetworksDoNotLockTheRecipientOut(long seed) {
        Random random = new Random(seed);
        for (int minute = 0; minute < 60; minute++) {
            for (int i = 0; i < 1000; i++) {
                String network = "198.51." + random.nextInt(100) + "." + random.nextInt(256);
                switch (random.nextInt(3)) {
                    case 0 -> limits.press(LINK, network);
                    case 1 -> limits.address("guess@example.com", LINK, network);
                    default -> limits.renewal(LINK, network);
                }
            }
            assertTheRecipientIsNotLockedOut();
            nanoTime += Duration.ofMinutes(1).toNanos();
        }
    }

    @Test
    void aClientThatUsedUpItsNumbersMayContinueWithinAMinute() {
        for (int i = 0; i < 1000; i++) {
            limits.press(LINK, RECIPIENT);
            limits.address("typo@example.com", LINK, RECIPIENT);
            limits.renewal(LINK, RECIPIENT);
        }
        Duration longest = Duration.ZERO;
        for (Duration wait : new Duration[] {
            limits.press(LINK, RECIPIENT),
            limits.address("ana@example.com", LINK, RECIPIENT),
            limits.renewal(LINK, RECIPIENT)
        }) {
            assertThat(wait).isPositive();
            longest = longest.compareTo(wait) < 0 ? wait : longest;
        }

        assertThat(longest).isLessThan(Duration.ofMinutes(1));
        nanoTime += longest.toNanos();
        assertTheRecipientIsNotLockedOut();
    }

    @Test
    void theLimitsOfOneLinkDoNotConcernAnother() {
        for (int i = 0; i < 1000; i++) {
            limits.press(LINK, RECIPIENT);
        }

        assertThat(limits.press(LINK, RECIPIENT)).isPositive();
        assertThat(limits.press(new DeliveryKey(1, 2, new UUID(3, 5)), RECIPIENT))
                .isZero();
    }
}
