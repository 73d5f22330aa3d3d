package dev.attache.aws;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Shows the difference between the clocks of this machine and of S3. It is always up: links are signed with the time of
 * S3.
 */
final class ClockHealth extends AbstractHealthIndicator {

    private final S3Clock clock;

    ClockHealth(S3Clock clock) {
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up()
                .withDetail("offsetSeconds", clock.offset().toSeconds())
                .withDetail("corrected", clock.isCorrected());
    }
}
