package dev.attache.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.link.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class S3ClockTests {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00.500Z");

    private final SettableClock local = new SettableClock(NOW);

    private final S3Clock clock = new S3Clock(local);

    /** An answer of an S3 whose clock is ahead, to a call that took no time. */
    private void answer(Duration ahead) {
        Instant now = local.instant();
        clock.measured(now, now, now.plus(ahead).minusMillis(500));
    }

    @Test
    void withoutAnAnswerOfS3TheTimeIsTheMachines() {
        assertThat(clock.instant()).isEqualTo(NOW);
        assertThat(clock.millis()).isEqualTo(NOW.toEpochMilli());
        assertThat(clock.offset()).isZero();
        assertThat(clock.isCorrected()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT10M", "PT-10M", "PT61S", "PT-61S", "PT40H"})
    void aClockThatDiffersByMoreThanAMinuteIsCorrectedAndLoggedOnce(Duration ahead, CapturedOutput log) {
        for (int i = 0; i < 7; i++) {
            answer(ahead);
        }

        assertThat(clock.instant()).isEqualTo(NOW.plus(ahead));
        assertThat(clock.millis()).isEqualTo(NOW.plus(ahead).toEpochMilli());
        assertThat(clock.offset()).isEqualTo(ahead);
        assertThat(clock.isCorrected()).isTrue();
        assertThat(log.getOut().lines().filter(line -> line.contains("WARN")))
                .singleElement()
                .asString()
                .contains("is " + ahead.abs().toSeconds() + " s " + (ahead.isNegative() ? "ahead of" : "behind")
                        + " S3's");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT1M", "PT-1M", "PT0.9S"})
    void aDifferenceOfAMinuteOrLessIsNotCorrected(Duration ahead, CapturedOutput log) {
        answer(ahead);

        assertThat(clock.instant()).isEqualTo(NOW);
        assertThat(clock.offset()).isEqualTo(ahead);
        assertThat(log.getOut()).doesNotContain("WARN");
    }

    @Test
    void oneWrongDateChangesNothing() {
        for (int i = 0; i < 5; i++) {
            answer(Duration.ZERO);
        }

        answer(Duration.ofDays(-365));
        assertThat(clock.instant()).isEqualTo(NOW);
        answer(Duration.ofDays(365));
        assertThat(clock.instant()).isEqualTo(NOW);
    }

    @Test
    void aClockThatIsSetRightIsNotCorrectedAnyMore(CapturedOutput log) {
        answer(Duration.ofMinutes(10));
        for (int i = 0; i < 5; i++) {
            answer(Duration.ofSeconds(2));
        }

        assertThat(clock.instant()).isEqualTo(NOW);
        assertThat(log).contains("agrees with S3's again");
    }

    /** Differences just below and above a minute. */
    @Test
    void theTimeDoesNotVaryWithTheAnswers() {
        for (int seconds : new int[] {61, 59, 61, 58, 62, 57, 60}) {
            answer(Duration.ofSeconds(seconds));
            assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(61));
        }
    }

    @Test
    void aSlowAnswerIsNotMeasured() {
        clock.measured(NOW, NOW.plusSeconds(11), NOW.plusSeconds(600));
        clock.measured(NOW, NOW.minusSeconds(1), NOW.plusSeconds(600));

        assertThat(clock.offset()).isZero();
    }

    @Test
    void onceThereAreFiveMeasurementsOneIsMadeEachSecond() {
        for (int i = 0; i < 5; i++) {
            assertThat(clock.isDue(local.instant())).isTrue();
            answer(Duration.ZERO);
        }

        assertThat(clock.isDue(NOW)).isFalse();
        assertThat(clock.isDue(NOW.plusMillis(999))).isFalse();
        assertThat(clock.isDue(NOW.plusSeconds(1))).isTrue();
        assertThat(clock.isDue(NOW.minusMillis(1))).isTrue();
    }

    @Test
    void theDateIsComparedWithTheMiddleOfTheCall() {
        clock.measured(NOW, NOW.plusSeconds(8), NOW.plusMillis(3_500).plus(Duration.ofMinutes(5)));

        assertThat(clock.offset()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void anotherZoneHasTheSameTime() {
        answer(Duration.ofMinutes(10));

        assertThat(clock.withZone(ZoneId.of("Europe/Zurich")).instant()).isEqualTo(clock.instant());
        assertThat(clock.withZone(ZoneId.of("Europe/Zurich")).getZone()).isEqualTo(ZoneId.of("Europe/Zurich"));
    }
}
