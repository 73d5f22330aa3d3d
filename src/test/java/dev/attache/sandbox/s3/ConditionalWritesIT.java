package dev.attache.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.sandbox.AwsTest;
import dev.attache.sandbox.TestAws;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

@AwsTest
@Tag("conditional-writes")
class ConditionalWritesIT {

    private static final int WRITERS = 16;

    /**
     * The server responded and closed the connection before the whole body was sent. The client sees only the closed
     * connection.
     */
    private static final int REFUSED_WHILE_SENDING = 0;

    private final String bucket = TestAws.surroundings().bucket();
    private final String key = "ledger/race/" + UUID.randomUUID();

    @Test
    void ofConcurrentReplacementsOfOneVersionOneSucceeds() throws Exception {
        var eTag = put("first", request -> {});

        var answers = race((s3, body) -> put(s3, body, request -> request.ifMatch(eTag)));

        assertThat(answers).containsOnlyOnce(200);
        assertThat(answers)
                .allMatch(
                        status -> List.of(200, 409, 412, REFUSED_WHILE_SENDING).contains(status));
    }

    @Test
    void ofConcurrentCreationsOfAnObjectOneSucceeds() throws Exception {
        var answers = race((s3, body) -> put(s3, body, request -> request.ifNoneMatch("*")));

        assertThat(answers).containsOnlyOnce(200);
        assertThat(answers)
                .allMatch(
                        status -> List.of(200, 409, 412, REFUSED_WHILE_SENDING).contains(status));
    }

    @Test
    void theContentOfTheSuccessfulWriteStays() {
        var eTag = put("first", request -> {});
        put("second", request -> request.ifMatch(eTag));

        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> put("third", request -> request.ifMatch(eTag)))
                .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(412));

        assertThat(TestAws.surroundings()
                        .clients()
                        .s3()
                        .getObjectAsBytes(request -> request.bucket(bucket).key(key))
                        .asUtf8String())
                .isEqualTo("second");
    }

    @Test
    void aReadDuringWritesReturnsOneVersion() throws Exception {
        put("first", request -> {});
        Callable<ResponseBytes<GetObjectResponse>> read = () -> TestAws.surroundings()
                .clients()
                .s3()
                .getObjectAsBytes(request -> request.bucket(bucket).key(key));

        try (var threads = Executors.newFixedThreadPool(4)) {
            var writes = threads.submit(() -> IntStream.range(0, 200).forEach(i -> put("content " + i, request -> {})));
            do {
                for (var answer : threads.invokeAll(Collections.nCopies(3, read))) {
                    var bytes = answer.get();
                    assertThat(bytes.response().eTag()).isEqualTo('"' + md5(bytes.asByteArray()) + '"');
                }
            } while (!writes.isDone());
            writes.get();
        }
    }

    private static String md5(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    }

    @Test
    void replacingAnObjectThatDoesNotExistFails() {
        assertThatExceptionOfType(NoSuchKeyException.class)
                .isThrownBy(() -> put("first", request -> request.ifMatch("\"0123456789abcdef0123456789abcdef\"")));
    }

    private String put(String content, Consumer<PutObjectRequest.Builder> condition) {
        return put(TestAws.surroundings().clients().s3(), RequestBody.fromString(content), condition);
    }

    private String put(S3Client s3, RequestBody body, Consumer<PutObjectRequest.Builder> condition) {
        var request = PutObjectRequest.builder().bucket(bucket).key(key);
        condition.accept(request);
        return s3.putObject(request.build(), body).eTag();
    }

    /** With its own clients: connections that the server closed must not return to a pool that other tests use. */
    private static List<Integer> race(BiConsumer<S3Client, RequestBody> write) throws Exception {
        var halfSent = new CyclicBarrier(WRITERS);
        try (var clients = TestAws.surroundings().endpoints().clients();
                var threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Callable<Integer>> writers = IntStream.range(0, WRITERS)
                    .<Callable<Integer>>mapToObj(writer -> () -> status(
                            body -> write.accept(clients.s3(), body),
                            new HesitantBody(writer, halfSent, new AtomicBoolean())))
                    .toList();
            return threads.invokeAll(writers).stream().map(Future::resultNow).toList();
        }
    }

    private static int status(Consumer<RequestBody> write, HesitantBody body) {
        try {
            write.accept(RequestBody.fromContentProvider(body, HesitantBody.LENGTH, "text/plain"));
            return 200;
        } catch (S3Exception refused) {
            return refused.statusCode();
        } catch (SdkClientException cut) {
            return REFUSED_WHILE_SENDING;
        }
    }

    /**
     * A body that pauses in the middle until all writers have sent as much. A server that checks the condition before
     * it has the body then lets all of them succeed.
     */
    private record HesitantBody(int writer, CyclicBarrier halfSent, AtomicBoolean waited)
            implements ContentStreamProvider {

        // The SDK sends chunks of 128 KiB. The first half must be sent before the second is read.
        static final int LENGTH = 2 * 256 * 1024;

        @Override
        public InputStream newStream() {
            return new SequenceInputStream(half(), new FilterInputStream(half()) {

                @Override
                public int read() throws IOException {
                    awaitOthers();
                    return super.read();
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    awaitOthers();
                    return super.read(buffer, offset, length);
                }

                private void awaitOthers() throws IOException {
                    try {
                        // Only once for each writer: no other writer arrives after a retry.
                        if (waited.compareAndSet(false, true)) {
                            halfSent.await(10, TimeUnit.SECONDS);
                        }
                    } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
                        throw new IOException("The other writers did not arrive in time", alone);
                    }
                }
            });
        }

        private InputStream half() {
            var bytes = new byte[LENGTH / 2];
            Arrays.fill(bytes, (byte) ('a' + writer));
            return new ByteArrayInputStream(bytes);
        }
    }
}
