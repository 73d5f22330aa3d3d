package dev.attache.binder.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sns.model.SnsException;

/** The results of entries when an entry or a whole batch fails. */
class BatchFailuresTests {

    private final PendingCalls calls = new PendingCalls();

    private final RequestBatcher<String, String> batches = new RequestBatcher<>(calls, String::length, Runnable::run);

    private final CompletableFuture<String> first = batches.add("first");

    private final List<CompletableFuture<String>> results =
            List.of(batches.add("a"), batches.add("b"), batches.add("c"));

    /** The three entries are in one batch. */
    BatchFailuresTests() {
        calls.end(0);
        first.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static Throwable refusal(int status, String code) {
        return SnsException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("no")
                        .build())
                .build();
    }

    private static Throwable failure(CompletableFuture<String> result) {
        return result.handle((done, error) -> error)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private static String success(CompletableFuture<String> result) {
        return result.copy().orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void anEntryThatIsRefusedFailsAlone() {
        Throwable refused = refusal(400, "InvalidParameter");

        calls.end(1, Map.of("1", refused));

        assertThat(success(results.get(0))).isEqualTo("a");
        assertThat(failure(results.get(1))).isSameAs(refused);
        assertThat(success(results.get(2))).isEqualTo("c");
        assertThat(calls.sent()).hasSize(2);
    }

    @Test
    void anEntryThatTheAnswerLacksFails() {
        calls.answer(1, new BatchAnswer<>(Map.of("0", "a", "2", "c", "17", "whose?"), Map.of()));

        assertThat(success(results.get(0))).isEqualTo("a");
        assertThat(failure(results.get(1)))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("lacks its entry 1");
        assertThat(success(results.get(2))).isEqualTo("c");
    }

    @Test
    void aBatchWithoutAnAnswerFails() {
        calls.answer(1, null);

        assertThat(results).allSatisfy(result -> assertThat(failure(result)).hasMessageContaining("without an answer"));
    }

    @ParameterizedTest
    @CsvSource({
        "400,InvalidParameter",
        "400,BatchRequestTooLong",
        "400,InvalidBatchEntryId",
        "413,RequestEntityTooLarge"
    })
    void theEntriesOfABatchThatIsRefusedForItsContentAreSentOneByOne(int status, String code) {
        CompletableFuture<String> later = batches.add("later");
        calls.fail(1, refusal(status, code));
        await().atMost(Duration.ofSeconds(10)).until(() -> calls.sent().size() == 5);
        assertThat(calls.sent().subList(2, 5)).containsExactly(List.of("a"), List.of("b"), List.of("c"));

        calls.end(2);
        calls.fail(3, refusal(status, code));
        calls.end(4);

        assertThat(success(results.get(0))).isEqualTo("a");
        assertThat(failure(results.get(1))).isInstanceOf(SnsException.class);
        assertThat(success(results.get(2))).isEqualTo("c");
        await().atMost(Duration.ofSeconds(10)).until(() -> calls.sent().size() == 6);
        assertThat(calls.sent().get(5)).containsExactly("later");
        calls.end(5);
        assertThat(success(later)).isEqualTo("later");
    }

    @ParameterizedTest
    @CsvSource({
        "500,InternalError",
        "503,ServiceUnavailable",
        "429,TooManyRequests",
        "400,Throttling",
        "400,RequestThrottled",
        "403,AuthorizationError",
        "404,NotFound"
    })
    void allEntriesFailWithABatchThatFailsForAnotherReason(int status, String code) {
        Throwable reason = refusal(status, code);

        calls.fail(1, reason);

        assertThat(results).allSatisfy(result -> assertThat(failure(result)).isSameAs(reason));
        assertThat(calls.sent()).hasSize(2);
    }

    @Test
    void anErrorIsReportedWithoutItsCompletionException() {
        Throwable reason = SdkClientException.create("connection reset");

        calls.fail(1, new CompletionException(reason));

        assertThat(results).allSatisfy(result -> assertThat(failure(result)).isSameAs(reason));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCallThatThrowsFailsItsEntriesAndLaterBatchesAreSent(boolean error) {
        AtomicInteger tries = new AtomicInteger();
        RequestBatcher<String, String> thrown = new RequestBatcher<>(
                entries -> {
                    if (tries.getAndIncrement() > 0) {
                        return calls.send(entries);
                    }
                    if (error) {
                        throw new StackOverflowError();
                    }
                    throw new IllegalStateException("no");
                },
                String::length,
                Runnable::run);

        assertThat(failure(thrown.add("x")))
                .isInstanceOf(error ? StackOverflowError.class : IllegalStateException.class);

        CompletableFuture<String> next = thrown.add("y");
        calls.end(2);
        assertThat(success(next)).isEqualTo("y");
    }

    @Test
    void aCallbackThatThrowsDoesNotAffectOtherEntries() {
        CompletableFuture<String> thrown = results.get(0).thenApply(done -> {
            throw new IllegalStateException("a callback's own");
        });

        calls.end(1);

        assertThatThrownBy(() -> success(thrown)).hasRootCauseMessage("a callback's own");
        assertThat(IntStream.range(0, 3).mapToObj(i -> success(results.get(i)))).containsExactly("a", "b", "c");
    }
}
