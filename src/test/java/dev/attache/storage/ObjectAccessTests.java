package dev.attache.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Exception;

class ObjectAccessTests {

    private final BucketWithStatuses bucket = new BucketWithStatuses();

    private final S3ObjectCatalog catalog = new S3ObjectCatalog(bucket, Duration.ZERO, 1, Clock.systemUTC());

    private static ObjectRef object(String key) {
        return new ObjectRef("attachments", key, null);
    }

    private static StoredObject stored(String key) {
        return new StoredObject(object(key), 1, "text/plain", "e1", Instant.EPOCH, Availability.UNLIMITED);
    }

    private void assertDeniedAlone(String key) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> catalog.find(object(key)))
                .satisfies(it -> assertThat(it.code()).isEqualTo(RejectionCode.OBJECT_ACCESS_DENIED))
                .withMessageContaining(key)
                .withMessageContaining("KMS key")
                .withMessageContaining("another account")
                .withMessageContaining("tags")
                .withMessageContaining("s3:ListBucket");
    }

    private void assertWorkerRefused(String key, String code) {
        assertThatExceptionOfType(ObjectsRefusedException.class)
                .isThrownBy(() -> catalog.find(object(key)))
                .withMessageContaining("attachments")
                .withMessageContaining(code)
                .withMessageContaining("s3:GetObject");
    }

    @Test
    void anObjectThatIsRefusedWhileTheLastReadableOneIsAllowedIsRejected() {
        bucket.put("downloads/good", 200);
        bucket.put("downloads/denied", 403);
        catalog.find(object("downloads/good"));

        assertDeniedAlone("downloads/denied");

        assertThat(bucket.counted)
                .as("calls that count for the circuit breaker")
                .isEmpty();
    }

    @Test
    void anObjectThatIsRefusedTogetherWithTheLastReadableOneIsNotRejectedAndTheErrorNamesTheCode() {
        bucket.put("downloads/good", 200);
        bucket.put("downloads/other", 200);
        catalog.find(object("downloads/good"));
        bucket.everything("ExpiredToken");

        assertWorkerRefused("downloads/other", "ExpiredToken");

        assertThat(bucket.counted).containsExactly("GET downloads/good");
    }

    @Test
    void withoutAReadableObjectTheNeighboursAreCompared() {
        bucket.put("downloads/crm/denied", 403);
        bucket.put("downloads/crm/good", 200);

        assertDeniedAlone("downloads/crm/denied");
    }

    @Test
    void theFirstFolderIsComparedWhenAllNeighboursAreRefused() {
        bucket.put("downloads/crm/a", 403);
        bucket.put("downloads/crm/b", 403);
        bucket.put("downloads/shop/good", 200);

        assertDeniedAlone("downloads/crm/a");
    }

    @Test
    void anObjectIsNotRejectedWhenAllNeighboursAreRefused() {
        bucket.put("downloads/a", 403);
        bucket.put("downloads/b", 403);
        bucket.put("ledger/claims/1", 200);

        assertWorkerRefused("downloads/a", "AccessDenied");
    }

    /** An IAM policy may have lost the statement for downloads, but not that for uploads. */
    @Test
    void anObjectOfAnotherFirstFolderIsNoReference() {
        bucket.put("uploads/crm/1", 200);
        bucket.put("downloads/a", 403);
        bucket.put("downloads/b", 403);
        catalog.find(object("uploads/crm/1"));

        assertWorkerRefused("downloads/a", "AccessDenied");
    }

    @Test
    void anObjectIsNotRejectedWithoutAnotherOneToCompareWith() {
        bucket.put("downloads/a", 403);
        bucket.mayList = false;

        assertWorkerRefused("downloads/a", "AccessDenied");
        assertThat(bucket.counted).containsExactly("GET downloads/a");
    }

    @Test
    void aDeletedReferenceIsReplacedByNeighbours() {
        bucket.put("downloads/gone", 200);
        bucket.put("downloads/denied", 403);
        bucket.put("downloads/good", 200);
        catalog.find(object("downloads/gone"));
        bucket.objects.remove("downloads/gone");

        assertDeniedAlone("downloads/denied");
    }

    @Test
    void anObjectIsNotRejectedWhenS3FailsOnTheReference() {
        bucket.put("downloads/good", 200);
        bucket.put("downloads/denied", 403);
        catalog.find(object("downloads/good"));
        bucket.put("downloads/good", 503);

        assertThatThrownBy(() -> catalog.find(object("downloads/denied"))).isInstanceOf(S3Exception.class);
    }

    @Test
    void refusedContentIsComparedLikeARefusedLookup() {
        bucket.put("downloads/good", 200);
        bucket.put("downloads/list", 403);
        catalog.find(object("downloads/good"));

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> catalog.open(stored("downloads/list"), 0, 1))
                .satisfies(it -> assertThat(it.code()).isEqualTo(RejectionCode.OBJECT_ACCESS_DENIED));
    }

    @Test
    void aFailureOfOneObjectIsNotAnOutageWhileS3AnswersForAnother() {
        bucket.put("downloads/good", 200);
        bucket.put("downloads/broken", 500);
        catalog.find(object("downloads/good"));

        assertThatExceptionOfType(ObjectFailingException.class)
                .isThrownBy(() -> catalog.find(object("downloads/broken")))
                .withMessageContaining("downloads/broken")
                .withMessageContaining("500");

        assertThat(bucket.counted).containsExactly("HEAD downloads/good");
        assertThat(bucket.compared)
                .as("calls that do not count for the circuit breaker if S3 fails")
                .containsExactly("downloads/good", "downloads/broken");
    }

    @Test
    void aFailureOfAllObjectsCountsAsAnOutage() {
        bucket.put("downloads/good", 200);
        bucket.put("downloads/broken", 503);
        catalog.find(object("downloads/good"));
        bucket.put("downloads/good", 503);

        assertThatThrownBy(() -> catalog.find(object("downloads/broken"))).isInstanceOf(S3Exception.class);
        assertThat(bucket.counted).containsExactly("HEAD downloads/good");
    }

    @Test
    void withoutAnotherObjectTheFailedOneIsLookedUpOnceMoreAndCounts() {
        bucket.put("downloads/broken", 503);

        assertThatThrownBy(() -> catalog.find(object("downloads/broken"))).isInstanceOf(S3Exception.class);
        assertThat(bucket.counted).containsExactly("HEAD downloads/broken");
    }

    @Test
    void aMissingBucketIsNotAMissingObject() {
        bucket.code = "NoSuchBucket";

        assertThatThrownBy(() -> catalog.find(object("downloads/a"))).isInstanceOf(S3Exception.class);
    }

    /** S3 answers 400 both to an expired token and to a HEAD of an object that is encrypted with a customer's key. */
    @Test
    void expiredCredentialsDoNotRejectTheObject() {
        bucket.put("downloads/a", 400);
        bucket.code = "ExpiredToken";

        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> catalog.find(object("downloads/a")))
                .satisfies(it -> assertThat(it.awsErrorDetails().errorCode()).isEqualTo("ExpiredToken"));
    }

    @Test
    void aMissingObjectIsRejected() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> catalog.find(object("downloads/a")))
                .satisfies(it -> assertThat(it.code()).isEqualTo(RejectionCode.OBJECT_NOT_FOUND));
    }
}
