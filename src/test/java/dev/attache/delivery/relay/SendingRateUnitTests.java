package dev.attache.delivery.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SendingRateUnitTests {

    private static final Duration PATIENCE = Duration.ofHours(1);

    private final AtomicLong now = new AtomicLong();

    private int mails;

    private SendingRate rate(double most) {
        return new SendingRate(most, now::get);
    }

    private void wait(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /** Sends mails at an even rate for one second. */
    private void oneSecond(SendingRate rate, int sent, int deferred) {
        for (int i = 0; i < sent; i++) {
            rate.reserve(PATIENCE);
            if (i < deferred) {
                rate.deferred("m-" + mails++);
            } else {
                rate.accepted("m-" + mails++);
            }
            wait(Duration.ofSeconds(1).dividedBy(sent));
        }
    }

    @Test
    void withoutALimitNoMailWaits() {
        SendingRate rate = rate(Double.POSITIVE_INFINITY);

        for (int i = 0; i < 100; i++) {
            assertThat(rate.reserve(Duration.ZERO)).hasValue(Duration.ZERO);
        }
    }

    @Test
    void permitsOfAConfiguredRateAreEvenlySpaced() {
        SendingRate rate = rate(4);

        assertThat(rate.reserve(PATIENCE)).hasValue(Duration.ZERO);
        assertThat(rate.reserve(PATIENCE)).hasValue(Duration.ofMillis(250));
        assertThat(rate.reserve(PATIENCE)).hasValue(Duration.ofMillis(500));
        wait(Duration.ofSeconds(10));
        assertThat(rate.reserve(PATIENCE))
                .as("unused permits do not accumulate")
                .hasValue(Duration.ZERO);
        assertThat(rate.reserve(PATIENCE)).hasValue(Duration.ofMillis(250));
    }

    @Test
    void aMailThatDoesNotWaitReservesNoPermit() {
        SendingRate rate = rate(1);
        rate.reserve(PATIENCE);

        assertThat(rate.reserve(Duration.ofMillis(500))).isEmpty();
        assertThat(rate.reserve(PATIENCE)).hasValue(Duration.ofSeconds(1));
    }

    @Test
    void theFirstHalvingStartsFromTheRateOfTheLastSecond() {
        SendingRate rate = rate(Double.POSITIVE_INFINITY);

        oneSecond(rate, 40, 5);

        assertThat(rate.perSecond()).isBetween(1.0, 20.0);
    }

    @Test
    void theRateHalvesOnceASecondAndNotBelowOne() {
        SendingRate rate = rate(100);
        for (int i = 0; i < 50; i++) {
            rate.deferred("m-" + i);
        }
        assertThat(rate.perSecond()).isEqualTo(50);

        for (int second = 0; second < 10; second++) {
            wait(Duration.ofSeconds(1));
            rate.deferred("m-1");
            rate.deferred("m-2");
        }

        assertThat(rate.perSecond()).isEqualTo(SendingRate.MINIMUM);
    }

    @Test
    void halvingsAreReportedOnceAMinute() {
        SendingRate rate = rate(100);
        int reported = 0;
        for (int second = 0; second < 90; second++) {
            for (int i = 0; i < 5; i++) {
                reported += rate.deferred("m-" + i) ? 1 : 0;
            }
            wait(Duration.ofSeconds(1));
        }

        assertThat(reported).isEqualTo(2);
    }

    @Test
    void theSameMailDeferredAgainAndAgainDoesNotHalveTheRate() {
        SendingRate rate = rate(100);

        for (int i = 0; i < 100; i++) {
            rate.deferred("poison");
            wait(Duration.ofSeconds(2));
        }

        assertThat(rate.perSecond()).isEqualTo(100);
    }

    @Test
    void fewerThanATenthOfTheLastMailsDoNotHalveTheRate() {
        SendingRate rate = rate(100);

        for (int i = 0; i < 500; i++) {
            if (i % 25 == 0) {
                assertThat(rate.deferred("d-" + i)).isFalse();
            } else {
                rate.accepted("m-" + i);
            }
            wait(Duration.ofSeconds(1));
        }

        assertThat(rate.perSecond()).isEqualTo(100);
    }

    @Test
    void theRateRisesSlowlyWithEachAcceptedMail() {
        SendingRate rate = rate(100);
        for (int i = 0; i < 5; i++) {
            rate.deferred("m-" + i);
        }
        assertThat(rate.perSecond()).isEqualTo(50);

        for (int i = 0; i < 100; i++) {
            rate.accepted("t-" + i);
        }
        assertThat(rate.perSecond()).isBetween(54.9, 55.1);
        for (int i = 0; i < 10_000; i++) {
            rate.accepted("t-" + i);
        }

        assertThat(rate.perSecond()).isEqualTo(100);
    }

    @Test
    void anUnlimitedRateEventuallyHasNoLimitAgain() {
        SendingRate rate = rate(Double.POSITIVE_INFINITY);
        for (int i = 0; i < 5; i++) {
            rate.reserve(PATIENCE);
            rate.deferred("m-" + i);
        }
        assertThat(rate.perSecond()).isLessThan(10);

        for (int i = 0; i < 30_000; i++) {
            rate.accepted("t-" + i);
        }

        assertThat(rate.perSecond()).isInfinite();
    }
}
