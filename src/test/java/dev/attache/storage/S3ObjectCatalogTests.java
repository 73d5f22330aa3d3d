package dev.attache.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ObjectCatalogTests {

    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

    private static final ObjectRef OBJECT = new ObjectRef("attachments", "downloads/a.pdf", null);

    private static final byte[] CONTENT = {1, 2, 3};

    private boolean aborted;

    private @Nullable S3Exception reasonOf400;

    private @Nullable GetObjectRequest asking;

    private @Nullable String contentRange = "bytes 0-2/3";

    private Supplier<InputStream> content = () -> new ByteArrayInputStream(CONTENT);

    private final AtomicInteger asked = new AtomicInteger();

    private final AtomicInteger gets = new AtomicInteger();

    private Instant now = START;

    private Function<HeadObjectRequest, HeadObjectResponse> answer = request -> found();

    private final S3ObjectCatalog catalog = new S3ObjectCatalog(new BucketDouble(), Duration.ofSeconds(30), 2, clock());

    @Test
    void describesAnObject() {
        assertThat(catalog.find(OBJECT))
                .isEqualTo(new StoredObject(
                        new ObjectRef("attachments", "downloads/a.pdf", "v7"),
                        48_211,
                        "application/pdf",
                        "abc",
                        START,
                        Availability.UNLIMITED));
    }

    @ParameterizedTest
    @CsvSource({"REPLICA, true", "COMPLETED, false", "PENDING, false"})
    void whatS3CopiedHereFromAnotherBucketIsAReplica(String status, boolean replica) {
        answer = request -> found().toBuilder().replicationStatus(status).build();

        assertThat(catalog.find(OBJECT).replica()).isEqualTo(replica);
    }

    @Test
    void remembersAnAnswerForAWhile() {
        catalog.find(OBJECT);
        now = START.plusSeconds(29);
        catalog.find(OBJECT);
        assertThat(asked).hasValue(1);

        now = START.plusSeconds(30);
        catalog.find(OBJECT);
        assertThat(asked).hasValue(2);
    }

    @Test
    void asksAnewForWhatHasJustBeenWritten() {
        catalog.find(OBJECT);
        catalog.findFresh(OBJECT);

        assertThat(asked).hasValue(2);
    }

    @Test
    void forgetsTheObjectNotAskedForLongest() {
        ObjectRef second = new ObjectRef("attachments", "2", null);
        catalog.find(OBJECT);
        catalog.find(second);
        catalog.find(OBJECT);
        catalog.find(new ObjectRef("attachments", "3", null));

        catalog.find(OBJECT);
        assertThat(asked).hasValue(3);
        catalog.find(second);
        assertThat(asked).hasValue(4);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"404, -, does not exist", "400, v1, this version", "405, v1, this version"})
    void whatDoesNotExistIsRejectedAndNotRemembered(int status, String version, String detail) {
        ObjectRef object = new ObjectRef("attachments", "downloads/a.pdf", version);
        answer = request -> {
            throw S3Exception.builder().statusCode(status).build();
        };
        reasonOf400 = status == 400 ? error("InvalidArgument", "Invalid version id specified") : null;

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> catalog.find(object))
                .withMessageContaining("downloads/a.pdf")
                .withMessageContaining(detail)
                .satisfies(it -> assertThat(it.code()).isEqualTo(RejectionCode.OBJECT_NOT_FOUND));
        answer = request -> found();
        assertThat(catalog.find(object)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"500", "503", "400", "429"})
    void whatIsTheFaultOfS3ComesOutAsItIs(int status) {
        S3Exception fault =
                (S3Exception) S3Exception.builder().statusCode(status).build();
        answer = request -> {
            throw fault;
        };

        assertThatThrownBy(() -> catalog.find(OBJECT)).isSameAs(fault);
    }

    /** HEAD says 400 of it and no more. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-", "v1"})
    void anObjectEncryptedWithItsOwnersKeyIsRejected(@Nullable String version) {
        ObjectRef object = new ObjectRef("attachments", "downloads/a.pdf", version);
        answer = request -> {
            throw S3Exception.builder().statusCode(400).build();
        };
        reasonOf400 = error(
                "InvalidRequest",
                "The object was stored using a form of Server Side Encryption. "
                        + "The correct parameters must be provided to retrieve the object.");

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> catalog.find(object))
                .withMessageContaining("downloads/a.pdf")
                .withMessageContaining("SSE-C")
                .withMessageContaining("send the event again")
                .satisfies(it -> assertThat(it.code()).isEqualTo(RejectionCode.OBJECT_CUSTOMER_ENCRYPTED));
        assertThat(asking).satisfies(it -> {
            assertThat(it.range()).isEqualTo("bytes=0-0");
            assertThat(it.versionId()).isEqualTo(version);
        });
    }

    /**
     * An expired token is about the worker: a request must not be rejected for it, whether or not it names a version.
     */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "ExpiredToken, -",
                "ExpiredToken, v1",
                "InvalidRequest, -",
                "InvalidRequest, v1",
                "InvalidArgument, -"
            })
    void another400ComesOutWithItsReason(String code, @Nullable String version) {
        ObjectRef object = new ObjectRef("attachments", "downloads/a.pdf", version);
        answer = request -> {
            throw S3Exception.builder().statusCode(400).build();
        };
        reasonOf400 = error(code, "Something else");

        assertThatThrownBy(() -> catalog.find(object)).isSameAs(reasonOf400);
    }

    /** The reason of a GET is not asked for a second time. */
    @ParameterizedTest
    @CsvSource({
        "400, InvalidArgument, Invalid version id specified",
        "400, ExpiredToken, The provided token has expired.",
        "400, InvalidRequest, The object was stored using a form of Server Side Encryption.",
        "404, NoSuchKey, It does not exist.",
        "404, NoSuchBucket, It does not exist."
    })
    void aHeadThatSaysTooLittleCostsOneGet(int status, String code, String message) {
        answer = request -> {
            throw S3Exception.builder().statusCode(status).build();
        };
        content = () -> {
            throw S3Exception.builder()
                    .statusCode(status)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode(code)
                            .errorMessage(message)
                            .build())
                    .build();
        };

        assertThatThrownBy(() -> catalog.find(new ObjectRef("attachments", "downloads/a.pdf", "v1")))
                .isInstanceOf(RuntimeException.class);

        assertThat(asked).hasValue(1);
        assertThat(gets).hasValue(1);
    }

    /** Written between HEAD and GET: the HEAD's answer holds. */
    @Test
    void anEmptyObjectThatCameAfterTheHeadIsMissingForNow() {
        answer = request -> {
            throw S3Exception.builder().statusCode(404).build();
        };
        content = () -> {
            throw S3Exception.builder().statusCode(416).build();
        };

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> catalog.find(OBJECT))
                .satisfies(it -> assertThat(it.code()).isEqualTo(RejectionCode.OBJECT_NOT_FOUND));
    }

    @Test
    void contentThatIsGoneIsMissingWithoutAskingAgain() {
        content = () -> {
            throw S3Exception.builder()
                    .statusCode(404)
                    .awsErrorDetails(
                            AwsErrorDetails.builder().errorCode("NoSuchKey").build())
                    .build();
        };

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> catalog.open(found("abc"), 0, 1))
                .satisfies(it -> assertThat(it.code()).isEqualTo(RejectionCode.OBJECT_NOT_FOUND));
        assertThat(gets).hasValue(1);
    }

    @Test
    void saysHowLongAnObjectCanBeRead() {
        answer = request -> found().toBuilder()
                .expiration("expiry-date=\"Fri, 18 Dec 2026 00:00:00 GMT\", rule-id=\"r\"")
                .build();

        assertThat(catalog.find(OBJECT).availability())
                .isEqualTo(new Availability.Readable(Instant.parse("2026-12-18T00:00:00Z")));
        assertThat(catalog.find(new ObjectRef("attachments", "downloads/a.pdf", "v7"))
                        .availability())
                .isEqualTo(Availability.UNLIMITED);
    }

    @Test
    void oneHeadServesAllWhoAskAtTheSameTime() throws Exception {
        CountDownLatch underWay = new CountDownLatch(1);
        CompletableFuture<HeadObjectResponse> slow = new CompletableFuture<>();
        answer = request -> {
            underWay.countDown();
            return slow.join();
        };

        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<StoredObject> first = executor.submit(() -> catalog.find(OBJECT));
            underWay.await();
            Future<StoredObject> second = executor.submit(() -> catalog.find(OBJECT));
            slow.complete(found());

            assertThat(second.get()).isEqualTo(first.get());
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void contentThatWasReadIsClosedAndTheConnectionKept() throws IOException {
        try (InputStream content = catalog.open(found(""), 0, CONTENT.length)) {
            assertThat(content.readAllBytes()).hasSize(CONTENT.length);
        }

        assertThat(aborted).isFalse();
    }

    @Test
    void contentThatWasNotReadToItsEndIsDroppedWithItsConnection() throws IOException {
        try (InputStream content = catalog.open(found(""), 0, CONTENT.length)) {
            assertThat(content.read()).isEqualTo(1);
        }

        assertThat(aborted).isTrue();
    }

    @Test
    void someOfTheContentIsAskedForByItsRangeAndOfTheObjectAsItWasFound() {
        catalog.open(found("abc"), 100, 50);

        GetObjectRequest asked = Objects.requireNonNull(asking);
        assertThat(asked.bucket()).isEqualTo("attachments");
        assertThat(asked.key()).isEqualTo("downloads/a.pdf");
        assertThat(asked.ifMatch()).isEqualTo("\"abc\"");
        assertThat(asked.range()).isEqualTo("bytes=100-149");
    }

    @Test
    void someOfTheContentIsReadFromAServerThatSendsEverythingTooBecauseItKnowsNoRanges() throws IOException {
        contentRange = null;

        try (InputStream some = catalog.open(found("abc"), 1, 1)) {
            assertThat(some.readNBytes(1)).containsExactly(2);
        }
    }

    @Test
    void contentThatWasWrittenAnewIsNotRead() {
        content = () -> {
            throw S3Exception.builder()
                    .statusCode(412)
                    .message("At least one of the pre-conditions you specified did not hold")
                    .build();
        };

        assertThatExceptionOfType(ObjectChangedException.class)
                .isThrownBy(() -> catalog.open(found("abc"), 0, 1))
                .withMessageContaining("downloads/a.pdf");
    }

    private static StoredObject found(String eTag) {
        return new StoredObject(OBJECT, CONTENT.length, "application/x-ndjson", eTag, START, Availability.UNLIMITED);
    }

    private static S3Exception error(String code, String message) {
        return (S3Exception) S3Exception.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }

    private static HeadObjectResponse found() {
        return HeadObjectResponse.builder()
                .contentLength(48_211L)
                .contentType("application/pdf")
                .eTag("\"abc\"")
                .versionId("v7")
                .lastModified(START)
                .build();
    }

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    private final class BucketDouble implements S3Client {

        @Override
        public HeadObjectResponse headObject(HeadObjectRequest request) {
            asked.incrementAndGet();
            return answer.apply(request);
        }

        @Override
        public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
            asking = request;
            gets.incrementAndGet();
            if (reasonOf400 != null) {
                throw reasonOf400;
            }
            return new ResponseInputStream<>(
                    GetObjectResponse.builder().contentRange(contentRange).build(),
                    AbortableInputStream.create(content.get(), () -> aborted = true));
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}
    }
}
