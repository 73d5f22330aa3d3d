package dev.attache.sandbox.s3;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import dev.attache.sandbox.AwsTest;
import dev.attache.sandbox.TestAws;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@AwsTest
@Tag("conditional-writes")
class ConditionalWritesIT {

    private static final int WRITERS = 16;

    private final String bucket = TestAws.surroundings().bucket();
    private final String key = "ledger/race/" + UUID.randomUUID();

    @Test
    void ofManyWhoReplaceTheSameVersionOneWins() throws Exception {
        var eTag = put("first", request -> { });

        var answers = race(writer -> put(writer, request -> request.ifMatch(eTag)));

        assertThat(answers).containsOnlyOnce(200);
        assertThat(answers).allMatch(status -> List.of(200, 409, 412).contains(status));
    }

    @Test
    void ofManyWhoCreateAnObjectOneWins() throws Exception {
        var answers = race(writer -> put(writer, request -> request.ifNoneMatch("*")));

        assertThat(answers).containsOnlyOnce(200);
        assertThat(answers).allMatch(status -> List.of(200, 409, 412).contains(status));
    }

    @Test
    void theWinnersBytesStay() {
        var eTag = put("first", request -> { });
        put("second", request -> request.ifMatch(eTag));

        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> put("third", request -> request.ifMatch(eTag)))
                .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(412));

        assertThat(TestAws.surroundings().clients().s3()
                .getObjectAsBytes(request -> request.bucket(bucket).key(key)).asUtf8String()).isEqualTo("second");
    }

    @Test
    void nothingIsThereToMatch() {
        assertThatExceptionOfType(NoSuchKeyException.class)
                .isThrownBy(() -> put("first", request -> request.ifMatch("\"0123456789abcdef0123456789abcdef\"")));
    }

    private String put(String content, Consumer<PutObjectRequest.Builder> condition) {
        var request = PutObjectRequest.builder().bucket(bucket).key(key);
        condition.accept(request);
        return TestAws.surroundings().clients().s3().putObject(request.build(), RequestBody.fromString(content)).eTag();
    }

    private static List<Integer> race(Consumer<String> write) throws Exception {
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Callable<Integer>> writers = IntStream.range(0, WRITERS)
                    .<Callable<Integer>>mapToObj(writer -> () -> status(write, "writer " + writer)).toList();
            return threads.invokeAll(writers).stream().map(Future::resultNow).toList();
        }
    }

    private static int status(Consumer<String> write, String content) {
        try {
            write.accept(content);
            return 200;
        }
        catch (S3Exception refused) {
            return refused.statusCode();
        }
    }
}
