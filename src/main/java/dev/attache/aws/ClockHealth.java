package dev.attache.aws;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Shows by how much this machine's clock differs from S3's. It is up all the same: links are signed by S3's. */
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
