package dev.attache.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.contract.value.ObjectRef;
import dev.attache.link.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

class S3ObjectCatalogTests {

    private final ScriptedS3 s3 = new ScriptedS3();

    private final SettableClock clock = new SettableClock(ScriptedS3.START);

    private final S3ObjectCatalog catalog = new S3ObjectCatalog(s3, Duration.ofSeconds(30), 2, clock);

    @Test
    void aHeadResponseDescribesTheObject() {
        assertThat(catalog.find(ScriptedS3.OBJECT))
                .isEqualTo(new StoredObject(
                        new ObjectRef("attachments", "downloads/a.pdf", "v7"),
                        48_211,
                        "application/pdf",
                        "abc",
                        ScriptedS3.START,
                        Availability.UNLIMITED));
    }

    @ParameterizedTest
    @CsvSource({"REPLICA, true", "COMPLETED, false", "PENDING, false"})
    void anObjectThatS3ReplicatedFromAnotherBucketIsAReplica(String status, boolean replica) {
        s3.headAnswer = request ->
                ScriptedS3.found().toBuilder().replicationStatus(status).build();

        assertThat(catalog.find(ScriptedS3.OBJECT).replica()).isEqualTo(replica);
    }

    @Test
    void theExpiryAppliesToTheCurrentVersionOnly() {
        s3.headAnswer = request -> ScriptedS3.found().toBuilder()
                .expiration("expiry-date=\"Fri, 18 Dec 2026 00:00:00 GMT\", rule-id=\"r\"")
                .build();

        assertThat(catalog.find(ScriptedS3.OBJECT).availability())
                .isEqualTo(new Availability.Readable(Instant.parse("2026-12-18T00:00:00Z")));
        assertThat(catalog.find(new ObjectRef("attachments", "downloads/a.pdf", "v7"))
                        .availability())
                .isEqualTo(Availability.UNLIMITED);
    }

    @Test
    void aResponseIsCachedUntilItsTimeToLiveIsOver() {
        catalog.find(ScriptedS3.OBJECT);
        clock.advance(Duration.ofSeconds(29));
        catalog.find(ScriptedS3.OBJECT);
        assertThat(s3.heads).hasValue(1);

        clock.advance(Duration.ofSeconds(1));
        catalog.find(ScriptedS3.OBJECT);
        assertThat(s3.heads).hasValue(2);
    }

    @Test
    void aFreshLookupDoesNotUseTheCache() {
        catalog.find(ScriptedS3.OBJECT);
        catalog.findFresh(ScriptedS3.OBJECT);

        assertThat(s3.heads).hasValue(2);
    }

    @Test
    void theCacheEvictsTheObjectThatWasUsedLeast() {
        ObjectRef second = new ObjectRef("attachments", "2", null);
        catalog.find(ScriptedS3.OBJECT);
        catalog.find(second);
        catalog.find(ScriptedS3.OBJECT);
        catalog.find(new ObjectRef("attachments", "3", null));

        catalog.find(ScriptedS3.OBJECT);
        assertThat(s3.heads).hasValue(3);
        catalog.find(second);
        assertThat(s3.heads).hasValue(4);
    }

    /** Also if S3 answers after the time to live is over, and if nothing is cached: then S3 is slow or loaded. */
    @ParameterizedTest
    @CsvSource({"30, 0", "30, 31", "0, 0", "0, 1"})
    void concurrentLookupsOfAnObjectShareOneHead(int ttl, int seconds) {
        S3ObjectCatalog shared = new S3ObjectCatalog(s3, Duration.ofSeconds(ttl), 2, clock);
        CompletableFuture<HeadObjectResponse> slow = new CompletableFuture<>();
        s3.headAnswer = request -> slow.join();
        FutureTask<StoredObject> first = new FutureTask<>(() -> shared.find(ScriptedS3.OBJECT));
        FutureTask<StoredObject> second = new FutureTask<>(() -> shared.find(ScriptedS3.OBJECT));

        startAndAwaitWaiting(first);
        clock.advance(Duration.ofSeconds(seconds));
        startAndAwaitWaiting(second);
        slow.complete(ScriptedS3.found());

        assertThat(first).succeedsWithin(Duration.ofSeconds(30));
        assertThat(second).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(first.resultNow());
        assertThat(s3.heads).hasValue(1);
    }

    private static void startAndAwaitWaiting(Runnable lookup) {
        Thread thread = Thread.ofVirtual().start(lookup);
        await().atMost(Duration.ofSeconds(30)).until(() -> thread.getState() == Thread.State.WAITING);
    }

    @Test
    void withATimeToLiveOfZeroNothingIsCached() {
        S3ObjectCatalog uncached = new S3ObjectCatalog(s3, Duration.ZERO, 2, clock);

        uncached.find(ScriptedS3.OBJECT);
        uncached.find(ScriptedS3.OBJECT);

        assertThat(s3.heads).hasValue(2);
    }

    @Test
    void aFailedLookupIsSharedButNotCached() {
        CompletableFuture<HeadObjectResponse> slow = new CompletableFuture<>();
        IllegalStateException failure = new IllegalStateException("failed");
        s3.headAnswer = request -> {
            slow.join();
            throw failure;
        };
        FutureTask<StoredObject> first = new FutureTask<>(() -> catalog.find(ScriptedS3.OBJECT));
        FutureTask<StoredObject> second = new FutureTask<>(() -> catalog.find(ScriptedS3.OBJECT));
        startAndAwaitWaiting(first);
        startAndAwaitWaiting(second);

        slow.complete(ScriptedS3.found());

        assertThat(first)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isSameAs(failure);
        assertThat(second)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isSameAs(failure);
        assertThat(s3.heads).hasValue(1);
        s3.headAnswer = request -> ScriptedS3.found();
        assertThat(catalog.find(ScriptedS3.OBJECT).contentLength()).isEqualTo(48_211);
        assertThat(s3.heads).hasValue(2);
    }
}
