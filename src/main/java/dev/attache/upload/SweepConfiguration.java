package dev.attache.upload;

import dev.attache.contract.EventCodec;
import dev.attache.ledger.DueUploads;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.UploadFolders;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import dev.attache.sweep.SweepSchedule;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans that settle expired uploads. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UploadsProperties.class)
@ConditionalOnRole(Role.WORKER)
class SweepConfiguration {

    @Bean
    UploadSweeper uploadSweeper(
            final DueUploads due,
            @Qualifier("changedUploads") final OpenUploads ledger,
            final UploadFolders folders,
            final UploadCompletion completion,
            final UploadAnnouncements announcements,
            final EventCodec codec,
            final Publication publication,
            final Clock clock,
            final UploadsProperties properties,
            @Value("${attache.gateway.upload-link-lifetime:5m}") final Duration linkLifetime) {
        properties.requireGraceBeyond(linkLifetime);
        return new UploadSweeper(
                due,
                ledger,
                folders,
                completion,
                announcements,
                codec,
                publication,
                properties.sweepGrace(),
                properties.sweepLimit(),
                clock);
    }

    @Bean
    OpenUploadsCount openUploadsCount(final DueUploads due, final Clock clock, final MeterRegistry meters) {
        OpenUploadsCount count = new OpenUploadsCount(due, clock);
        Gauge.builder("attache.uploads.open", count, OpenUploadsCount::last)
                .description("Open uploads, counted every ten minutes, 10000 at most")
                .register(meters);
        return count;
    }

    /** Counts after a round, and in its thread. */
    @Bean
    SweepSchedule uploadSweeps(
            final UploadSweeper sweeper, final OpenUploadsCount count, final UploadsProperties properties) {
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        return new SweepSchedule(
                "expired uploads",
                stopping -> {
                    boolean more = sweeper.sweep(stopping);
                    if (!more && !stopping.getAsBoolean()) {
                        count.refresh();
                    }
                    return more;
                },
                properties.sweepInterval(),
                random);
    }
}
