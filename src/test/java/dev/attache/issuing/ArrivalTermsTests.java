package dev.attache.issuing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.UploadRequest;
import dev.attache.contract.value.UploadTerms;
import dev.attache.source.MailLinks;
import dev.attache.source.SourcePolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long the page of files that have arrived lives. */
class ArrivalTermsTests {

    @ParameterizedTest
    @CsvSource({"PT24H, P7D, P4D", "PT1H, P90D, P4D", "P10D, P30D, P10D", "PT24H, P2D, P2D", "P4D, P4D, P4D"})
    void aPageLivesForFourDaysOrTheSourcesDefaultWithinItsLimit(Duration byDefault, Duration longest, Duration lives) {
        assertThat(DownloadTerms.ofArrival(new Limits(byDefault, longest, MailLinks.PAGE)))
                .isInstanceOfSatisfying(
                        DownloadTerms.Page.class,
                        page -> assertThat(page.lifetime()).isEqualTo(lives));
    }

    @Test
    void directLinksLiveForTheSourcesDefault() {
        assertThat(DownloadTerms.ofArrival(new Limits(Duration.ofHours(24), Duration.ofDays(7), MailLinks.DIRECT)))
                .isInstanceOfSatisfying(
                        DownloadTerms.Direct.class,
                        direct -> assertThat(direct.lifetime()).isEqualTo(Duration.ofHours(24)));
    }

    /** A source with these limits. */
    private record Limits(Duration byDefault, Duration maximumPageLifetime, MailLinks mailLinks)
            implements SourcePolicy {

        @Override
        public String source() {
            return "crm";
        }

        @Override
        public String displayName() {
            return "CRM";
        }

        @Override
        public String uploadBucket() {
            return "attache";
        }

        @Override
        public ObjectRef download(AttachmentRef attachment, @Nullable String subject) {
            return new ObjectRef("attache", attachment.key(), attachment.versionId());
        }

        @Override
        public UploadTerms upload(UploadRequest requested) {
            return new UploadTerms(List.of("application/pdf"), 1000, null, null, null);
        }

        @Override
        public Duration lifetime(@Nullable Duration requested) {
            return byDefault;
        }

        @Override
        public Duration minimumLifetime() {
            return Duration.ofMinutes(1);
        }
    }
}
