package dev.attache.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

class AvailabilityHeadersTests {

    private static final Instant DATE = Instant.parse("2012-12-21T00:00:00Z");

    private static final String EXPIRATION = "expiry-date=\"Fri, 21 Dec 2012 00:00:00 GMT\", rule-id=\"old%20files\"";

    private static final String UNDER_WAY = "ongoing-request=\"true\"";

    private static final String RESTORED = "ongoing-request=\"false\", expiry-date=\"Fri, 21 Dec 2012 00:00:00 GMT\"";

    private static Availability of(HeadObjectResponse.Builder head) {
        return AvailabilityHeaders.of(head.build(), null);
    }

    private static HeadObjectResponse.Builder head() {
        return HeadObjectResponse.builder();
    }

    @Test
    void anObjectWithoutHeadersHasNoExpiry() {
        assertThat(of(head())).isEqualTo(Availability.UNLIMITED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GLACIER", "DEEP_ARCHIVE"})
    void anArchivedObjectCannotBeRead(String storageClass) {
        assertThat(of(head().storageClass(storageClass)))
                .isEqualTo(new Availability.Archived("is archived in " + storageClass));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GLACIER_IR",
                "STANDARD_IA",
                "ONEZONE_IA",
                "INTELLIGENT_TIERING",
                "REDUCED_REDUNDANCY",
                "A_CLASS_TO_COME"
            })
    void anObjectOfAnotherStorageClassCanBeRead(String storageClass) {
        assertThat(of(head().storageClass(storageClass))).isEqualTo(Availability.UNLIMITED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ARCHIVE_ACCESS", "DEEP_ARCHIVE_ACCESS"})
    void anObjectInAnArchiveTierCannotBeRead(String status) {
        assertThat(of(head().storageClass("INTELLIGENT_TIERING").archiveStatus(status)))
                .isEqualTo(new Availability.Archived("is archived in " + status));
        assertThat(of(head().storageClass("INTELLIGENT_TIERING")
                        .archiveStatus(status)
                        .restore(UNDER_WAY)))
                .isEqualTo(new Availability.Archived("is being restored from " + status));
    }

    @Test
    void anObjectThatIsBeingRestoredCannotBeRead() {
        assertThat(of(head().storageClass("GLACIER").restore(UNDER_WAY)))
                .isEqualTo(new Availability.Archived("is being restored from GLACIER"));
    }

    @Test
    void aRestoredObjectCanBeReadUntilItsCopyExpires() {
        assertThat(of(head().storageClass("DEEP_ARCHIVE").restore(RESTORED)))
                .isEqualTo(new Availability.Readable(DATE));
    }

    @Test
    void aLifecycleRuleLimitsTheAvailability() {
        assertThat(of(head().expiration(EXPIRATION))).isEqualTo(new Availability.Readable(DATE));
        assertThat(of(head().expiration("rule-id=\"a\", expiry-date=\"Fri, 21 Dec 2012 00:00:00 GMT\"")))
                .isEqualTo(new Availability.Readable(DATE));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "'Thu, 20 Dec 2012 00:00:00 GMT', 2012-12-20T00:00:00Z",
                "'Sat, 22 Dec 2012 00:00:00 GMT', 2012-12-21T00:00:00Z"
            })
    void theEarlierOfRuleAndRestoreCounts(String rule, Instant end) {
        assertThat(of(head().storageClass("GLACIER")
                        .restore(RESTORED)
                        .expiration("expiry-date=\"" + rule + "\", rule-id=\"r\"")))
                .isEqualTo(new Availability.Readable(end));
    }

    /** The expiration of a current version adds a delete marker; the version can still be read by its id. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, true", "null, true", "v7, false"})
    void aLifecycleRuleLimitsTheCurrentVersionOnly(@Nullable String versionId, boolean ends) {
        assertThat(AvailabilityHeaders.of(head().expiration(EXPIRATION).build(), versionId))
                .isEqualTo(new Availability.Readable(ends ? DATE : null));
    }

    @Test
    void theExpiryOfARestoredCopyLimitsAVersionToo() {
        assertThat(AvailabilityHeaders.of(
                        head().storageClass("GLACIER").restore(RESTORED).build(), "v7"))
                .isEqualTo(new Availability.Readable(DATE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "expiry-date=",
                "expiry-date=\"\"",
                "expiry-date=\"soon\", rule-id=\"r\"",
                "expiry-date=\"Mon, 21 Dec 2012 00:00:00 GMT\"",
                "expiry-date=\"Fri, 31 Feb 2012 00:00:00 GMT\"",
                "rule-id=\"expiry-date%3D%22Fri\"",
                "expiry-date=\"2012-12-21T00:00:00Z",
                "my-expiry-date=\"",
                "\u0000\"\"\""
            })
    void aMalformedExpirationIsIgnored(String header) {
        assertThat(of(head().expiration(header))).isEqualTo(Availability.UNLIMITED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "ongoing-request=maybe", "ongoing-request=\"\""})
    void aMalformedRestoreIsIgnored(String header) {
        assertThat(of(head().storageClass("GLACIER").restore(header)))
                .isEqualTo(new Availability.Archived("is archived in GLACIER"));
        assertThat(of(head().storageClass("STANDARD").restore(header))).isEqualTo(Availability.UNLIMITED);
    }

    @Test
    void aRestoreWithAMalformedExpiryHasNoLimit() {
        assertThat(of(head().storageClass("GLACIER").restore("ongoing-request=\"false\", expiry-date=\"soon\"")))
                .isEqualTo(Availability.UNLIMITED);
    }
}
