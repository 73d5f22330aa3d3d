package dev.attache.delivery.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.delivery.Samples;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MailLimitsUnitTests {

    private static final String ANA = "ana@example.com";

    private final Samples.Acme crm = new Samples.Acme();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private Instant now = Instant.parse("2026-11-21T09:30:00Z");

    private final InstantSource time = () -> now;

    private final MailLimits limits = new MailLimits(meters, time.withZone(ZoneOffset.UTC), new Random(1));

    private Duration waitOf(String address) {
        try {
            limits.count(crm, address);
            return Duration.ZERO;
        } catch (MailLimitException e) {
            return e.left();
        }
    }

    private double alarm() {
        return meters.find("attache.alarms").tag("source", "crm").gauges().stream()
                .mapToDouble(it -> it.value())
                .sum();
    }

    @Test
    void aSourceWithoutALimitIsNotLimited() {
        for (int i = 0; i < 5_000; i++) {
            assertThat(waitOf("person-" + i + "@example.com")).isZero();
        }
    }

    @Test
    void mailsAboveTheHourlyLimitAreSpreadOverLaterHours(CapturedOutput output) {
        crm.mailsPerHour = 10;
        List<Duration> waits = new ArrayList<>();

        for (int i = 0; i < 40; i++) {
            waits.add(waitOf("person-" + i + "@example.com"));
        }

        assertThat(waits.subList(0, 10)).containsOnly(Duration.ZERO);
        assertThat(waits.subList(10, 20))
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofHours(1), Duration.ofHours(2)));
        assertThat(waits.subList(30, 40))
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofHours(3), Duration.ofHours(4)));
        assertThat(output.toString().lines().filter(line -> line.contains("ALARM")))
                .singleElement()
                .asString()
                .contains("attache.sources.crm.mails-per-hour (10)");
        assertThat(alarm()).isEqualTo(1);
    }

    @Test
    void theLimitAndTheAlarmAreResetInTheNextHour() {
        crm.mailsPerHour = 1;
        waitOf(ANA);
        assertThat(waitOf(ANA)).isPositive();

        now = now.plus(Duration.ofHours(1));

        assertThat(waitOf(ANA)).isZero();
        now = now.plus(Duration.ofHours(1));
        assertThat(alarm()).as("when no mail waits").isZero();
    }

    @Test
    void theAlarmOfADailyLimitEndsWithTheLastWaitingMail() {
        crm.mailsPerRecipientPerDay = 1;
        waitOf(ANA);
        waitOf(ANA);
        assertThat(alarm()).isEqualTo(1);

        now = now.plus(Duration.ofHours(26));

        assertThat(alarm()).isZero();
    }

    @Test
    void theDailyLimitOfARecipientAppliesToAllSpellingsOfTheAddress(CapturedOutput output) {
        crm.mailsPerRecipientPerDay = 2;
        waitOf(ANA);
        waitOf("Ana@Example.com");

        assertThat(waitOf("ANA@example.com")).isBetween(Duration.ofHours(24), Duration.ofHours(25));
        assertThat(waitOf("bo@example.com")).isZero();
        assertThat(output)
                .contains("attache.sources.crm.mails-per-recipient-per-day (2)")
                .doesNotContainIgnoringCase(ANA);

        now = now.plus(Duration.ofDays(1));
        assertThat(waitOf(ANA)).isZero();
    }

    @Test
    void theAsciiAndUnicodeFormsOfADomainAreOneAddress() {
        crm.mailsPerRecipientPerDay = 1;
        waitOf("ana@b\u00FCcher.example");

        assertThat(waitOf("ana@xn--bcher-kva.example")).isPositive();
        assertThat(waitOf("ana@bucher.example")).isZero();
    }

    @Test
    void aMailThatWasNotSentIsNotCounted() {
        crm.mailsPerHour = 1;
        crm.mailsPerRecipientPerDay = 1;
        limits.count(crm, ANA);
        limits.uncount(crm, ANA);

        assertThat(waitOf(ANA)).isZero();
        assertThat(waitOf(ANA)).isPositive();
    }

    @Test
    void theExceptionNamesTheSettingAndNotTheRecipient() {
        crm.mailsPerHour = 1;
        limits.count(crm, ANA);

        assertThatExceptionOfType(MailLimitException.class)
                .isThrownBy(() -> limits.count(crm, ANA))
                .withMessageContaining("attache.sources.crm.mails-per-hour")
                .withMessageNotContaining("ana");
    }

    @Test
    void theNumberOfRememberedRecipientsIsLimited() {
        crm.mailsPerRecipientPerDay = 1;
        for (int i = 0; i < 250_000; i++) {
            limits.count(crm, "person-" + i + "@example.com");
        }

        assertThat(waitOf("person-249999@example.com"))
                .as("a recent recipient is remembered")
                .isPositive();
        assertThat(waitOf("person-0@example.com"))
                .as("an old recipient is forgotten")
                .isZero();
    }
}
