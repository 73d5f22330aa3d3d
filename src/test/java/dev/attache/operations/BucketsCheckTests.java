package dev.attache.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.attache.ledger.keys.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DefaultRetention;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRule;
import software.amazon.awssdk.services.s3.model.S3Exception;

class BucketsCheckTests {

    private static final BucketNames NAMES = new BucketNames(
            Map.of(
                    "attache.bucket",
                    "files",
                    "attache.sources.crm.buckets[0]",
                    "archive",
                    "attache.ledger.bucket",
                    "ledger"),
            Map.of("attache.bucket", "files"));

    private final Buckets s3 = new Buckets();

    private final KeysDouble keys = new KeysDouble();

    private final KeysDouble locator = new KeysDouble();

    private final BucketsCheck check = new BucketsCheck(s3, NAMES, keys, locator, "ledger/attache-keys/", true);

    @Test
    void everyBucketIsCheckedOnce() {
        check.start();

        assertThat(s3.asked).containsExactlyInAnyOrder("files", "archive", "ledger");
        assertThat(check.isRunning()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"archive, attache.sources.crm.buckets[0]", "ledger, attache.ledger.bucket"})
    void aMissingBucketIsRefusedWithItsSetting(String bucket, String setting) {
        s3.missing = bucket;

        assertThatIllegalStateException()
                .isThrownBy(check::start)
                .withMessageContaining("There is no bucket " + bucket)
                .withMessageContaining(setting);
    }

    @Test
    void aBucketInAnotherRegionIsRefusedWithItsSetting() {
        s3.elsewhere = "ledger";

        assertThatIllegalStateException()
                .isThrownBy(check::start)
                .withMessageContaining("Bucket ledger is in another region")
                .withMessageContaining("attache.ledger.bucket");
    }

    @Test
    void anUploadBucketWithADefaultRetentionIsRefused() {
        s3.lock = ObjectLockConfiguration.builder()
                .rule(ObjectLockRule.builder()
                        .defaultRetention(DefaultRetention.builder()
                                .mode(ObjectLockRetentionMode.GOVERNANCE)
                                .days(1)
                                .build())
                        .build())
                .build();

        assertThatIllegalStateException()
                .isThrownBy(check::start)
                .withMessageContaining("Bucket files (attache.bucket)")
                .withMessageContaining("checksum")
                .withMessageContaining("Remove the default retention");
        assertThat(s3.askedForLocks).containsExactly("files");
    }

    @Test
    void withAnEmulatorObjectLocksAreNotChecked() {
        new BucketsCheck(s3, NAMES, keys, locator, "ledger/attache-keys/", false).start();

        assertThat(s3.askedForLocks).isEmpty();
    }

    @Test
    void anObjectLockWithoutADefaultRetentionIsAccepted() {
        s3.lock = ObjectLockConfiguration.builder().objectLockEnabled("Enabled").build();

        check.start();

        assertThat(check.isRunning()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 405, 501, 0})
    void anObjectLockThatCannotBeReadDoesNotPreventTheStart(int status) {
        s3.lockFailure = status == 0
                ? SdkClientException.create("no answer")
                : (RuntimeException) S3Exception.builder().statusCode(status).build();

        check.start();

        assertThat(check.isRunning()).isTrue();
    }

    /** For example with the IAM policy of a release without keys. */
    @Test
    void missingPermissionsForTheKeysAreReportedWithTheFix() {
        keys.failure = (RuntimeException) S3Exception.builder()
                .statusCode(403)
                .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode("AccessDenied").build())
                .build();

        assertThatIllegalStateException()
                .isThrownBy(check::start)
                .withMessageContaining("AccessDenied")
                .withMessageContaining("s3:GetObject and s3:PutObject on ledger/attache-keys/*")
                .withMessageContaining("infra/policies")
                .withMessageContaining("attache.keys.secrets");
        assertThat(check.isRunning()).isFalse();
    }

    /** For example with configured keys and the IAM policy of a release without download pages. */
    @Test
    void missingPermissionsForTheLocatorKeyAreReportedWithTheFix() {
        locator.failure = (RuntimeException) S3Exception.builder()
                .statusCode(403)
                .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode("AccessDenied").build())
                .build();

        assertThatIllegalStateException()
                .isThrownBy(check::start)
                .withMessageContaining("s3:GetObject and s3:PutObject on ledger/attache-keys/*")
                .withMessageNotContaining("attache.keys.secrets");
    }

    @Test
    void aFailureToReadTheKeysPreventsTheStart() {
        keys.failure = SdkClientException.create("no answer");
        assertThatIllegalStateException()
                .isThrownBy(check::start)
                .withMessageContaining("keys of this installation")
                .withMessageContaining("no answer");

        keys.failure = (RuntimeException) S3Exception.builder().statusCode(503).build();
        assertThatIllegalStateException()
                .isThrownBy(check::start)
                .withMessageContaining("503")
                .withMessageContaining("keys of this installation");
    }

    @Test
    void otherFailuresOfTheKeysKeepTheirMessage() {
        keys.failure = new IllegalStateException("The keys of this installation cannot be read");

        assertThatIllegalStateException().isThrownBy(check::start).isSameAs(keys.failure);
    }

    @Test
    void keysAreReadAfterTheirBucketWasChecked() {
        s3.missing = "ledger";
        keys.failure = new IllegalStateException("The keys must not be read");

        assertThatIllegalStateException().isThrownBy(check::start).withMessageContaining("There is no bucket ledger");
    }

    private static final class KeysDouble implements Keys {

        private @Nullable RuntimeException failure;

        @Override
        public Key newest() {
            if (failure != null) {
                throw failure;
            }
            return new Key("k", new byte[32]);
        }

        @Override
        public List<Key> all() {
            return List.of(newest());
        }
    }

    /** All buckets exist, except those that a test declares missing or in another region. */
    private static final class Buckets implements S3Client {

        private final List<String> asked = new ArrayList<>();

        private final List<String> askedForLocks = new ArrayList<>();

        private @Nullable String missing;

        private @Nullable String elsewhere;

        private @Nullable ObjectLockConfiguration lock;

        private @Nullable RuntimeException lockFailure;

        @Override
        public HeadBucketResponse headBucket(HeadBucketRequest request) {
            asked.add(request.bucket());
            if (request.bucket().equals(missing)) {
                throw S3Exception.builder().statusCode(404).build();
            }
            if (request.bucket().equals(elsewhere)) {
                throw S3Exception.builder().statusCode(301).build();
            }
            return HeadBucketResponse.builder().build();
        }

        @Override
        public GetObjectLockConfigurationResponse getObjectLockConfiguration(
                GetObjectLockConfigurationRequest request) {
            askedForLocks.add(request.bucket());
            if (lockFailure != null) {
                throw lockFailure;
            }
            return GetObjectLockConfigurationResponse.builder()
                    .objectLockConfiguration(lock)
                    .build();
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
