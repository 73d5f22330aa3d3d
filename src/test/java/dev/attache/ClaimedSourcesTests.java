package dev.attache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.RejectedMessage;
import dev.attache.intake.AudienceProperties;
import dev.attache.source.Configured;
import dev.attache.source.SourcesProperties;
import dev.attache.storage.StorageSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class ClaimedSourcesTests {

    private static final String ARN = "arn:aws:sqs:eu-central-1:111122223333:";

    static final ClaimedSources SOURCES = sources("request-parts", "email-deliveries", "newsletter-deliveries");

    /** The queues as the bindings may name them. */
    private static final ClaimedSources BY_ARN_OR_URL = sources(
            ARN + "request-parts", "https://sqs.example/111122223333/email-deliveries", ARN + "newsletter-deliveries");

    private static ClaimedSources sources(String parts, String emails, String newsletters) {
        return new FailureConfiguration()
                .claimedSources(
                        Configured.sources(new SourcesProperties(
                                "attache",
                                Map.of("pinned", source(List.of("AROAUPSTREAM")), "crm", source(List.of())))),
                        new AudienceProperties(List.of("AROAWORKER")),
                        parts,
                        emails,
                        newsletters);
    }

    private static SourcesProperties.Source source(List<String> senderIds) {
        return new SourcesProperties.Source(
                null,
                senderIds,
                List.of(),
                null,
                List.of("downloads/"),
                List.of(),
                DataSize.ofMegabytes(1),
                Duration.ofMinutes(1),
                null,
                Duration.ofDays(7),
                null,
                null,
                1000,
                false,
                null,
                Duration.ofDays(7),
                0,
                SourcesProperties.Identity.NONE,
                StorageSettings.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "attachment-requests, pinned, AROAUPSTREAM:s, true",
        "attachment-requests, pinned, AROAFORGER:s, false",
        "attachment-requests, pinned, AROAWORKER:s, false",
        "attachment-requests, pinned, , false",
        "objects-created, pinned, AROAFORGER:s, false",
        "purchases-completed, pinned, AROAUPSTREAM:s, true",
        "request-parts, pinned, AROAWORKER:s, true",
        "request-parts, pinned, AROAUPSTREAM:s, false",
        "request-parts, pinned, , false",
        "email-deliveries, pinned, AIDASNS, true",
        "newsletter-deliveries, pinned, AIDASNS, true",
        "attachment-requests, crm, AROAANYBODY, true",
        "attachment-requests, crm, , true",
        "request-parts, crm, , true",
        "attachment-requests, not-configured, , true"
    })
    void aPinnedSourceMayBeNamedByItsSendersOnly(String queue, String source, @Nullable String senderId, boolean may) {
        RejectedMessage rejected = new RejectedMessage(
                queue, "m-1", "{}", new Failure.Rejected("C", "r"), 1, new IllegalStateException(), senderId);

        assertThat(SOURCES.mayName(source, rejected)).isEqualTo(may);
        assertThat(BY_ARN_OR_URL.mayName(source, rejected)).isEqualTo(may);
    }
}
