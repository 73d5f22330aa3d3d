package dev.attache.binder.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** When batches are sent, and which entries are in them. */
class RequestBatcherTests {

    private final PendingCalls calls = new PendingCalls();

    private final RequestBatcher<String, String> batches = new RequestBatcher<>(calls, String::length, Runnable::run);

    private List<CompletableFuture<String>> add(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> batches.add("e" + i)).toList();
    }

    private static List<String> entries(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "e" + i).toList();
    }

    private static String ended(CompletableFuture<String> result) throws Exception {
        return result.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aBatchIsSentAtOnceWhenNoneIsInFlight() {
        batches.add("e0");

        assertThat(calls.sent()).containsExactly(entries(0, 1));
    }

    @Test
    void entriesAddedWhileABatchIsInFlightAreSentTogetherAfterIt() throws Exception {
        CompletableFuture<String> first = batches.add("e0");
        add(1, 6);
        assertThat(calls.sent()).hasSize(1);

        calls.end(0);

        assertThat(ended(first)).isEqualTo("e0");
        assertThat(calls.sent()).containsExactly(entries(0, 1), entries(1, 6));
    }

    @Test
    void theFirstEntryWaitsForTheRunnableThreads() {
        Queue<Runnable> later = new ConcurrentLinkedQueue<>();
        RequestBatcher<String, String> polite = new RequestBatcher<>(calls, String::length, later::add);
        entries(0, 7).forEach(polite::add);
        assertThat(calls.sent()).isEmpty();
        assertThat(later).hasSize(1);

        later.remove().run();

        assertThat(calls.sent()).containsExactly(entries(0, 7));
    }

    @Test
    void aFullBatchIsSentAtOnceAndTheRestAfterIt() throws Exception {
        Queue<Runnable> later = new ConcurrentLinkedQueue<>();
        RequestBatcher<String, String> polite = new RequestBatcher<>(calls, String::length, later::add);
        List<CompletableFuture<String>> results =
                entries(0, 12).stream().map(polite::add).toList();
        later.remove().run();
        assertThat(calls.sent()).containsExactly(entries(0, 10));
        assertThat(later).isEmpty();

        calls.end(0);
        ended(results.get(0));
        assertThat(calls.sent()).hasSize(1);
        later.remove().run();

        assertThat(calls.sent()).last().isEqualTo(entries(10, 12));
    }

    @Test
    void aScheduledPartialBatchSendsNothingTwice() {
        Queue<Runnable> later = new ConcurrentLinkedQueue<>();
        RequestBatcher<String, String> polite = new RequestBatcher<>(calls, String::length, later::add);
        polite.add("e0").cancel(false);
        later.remove().run();
        assertThat(calls.sent()).isEmpty();

        polite.add("e1");
        later.remove().run();

        assertThat(calls.sent()).containsExactly(List.of("e1"));
        assertThat(later).isEmpty();
    }

    @Test
    void withTheDefaultExecutorAPartialBatchIsSentSoon() {
        new RequestBatcher<>(calls, String::length).add("e0");

        Awaitility.await().untilAsserted(() -> assertThat(calls.sent()).containsExactly(List.of("e0")));
    }

    @Test
    void aFullBatchDoesNotWait() {
        add(0, 22);

        assertThat(calls.sent()).containsExactly(entries(0, 1), entries(1, 11), entries(11, 21));
    }

    @Test
    void aPartialBatchWaitsForTheLastBatchInFlight() throws Exception {
        List<CompletableFuture<String>> results = add(0, 13);
        assertThat(calls.sent()).hasSize(2);

        calls.end(0);
        ended(results.get(0));
        assertThat(calls.sent()).hasSize(2);

        calls.end(1);
        ended(results.get(10));
        assertThat(calls.sent()).hasSize(3).last().isEqualTo(entries(11, 13));
    }

    @Test
    void eightBatchesAreInFlightAtMost() throws Exception {
        List<CompletableFuture<String>> results = add(0, 101);
        assertThat(calls.sent()).hasSize(RequestBatcher.MAX_IN_FLIGHT).last().isEqualTo(entries(61, 71));

        calls.end(3);
        ended(results.get(21));

        assertThat(calls.sent()).hasSize(9).last().isEqualTo(entries(71, 81));
    }

    @Test
    void aBatchIsLimitedInBytes() {
        String quarter = "x".repeat(RequestBatcher.MAX_BYTES / 4);
        batches.add("e0");

        List<String> large = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            large.add(quarter);
            batches.add(quarter);
        }

        assertThat(calls.sent()).containsExactly(entries(0, 1), large.subList(0, 4));
    }

    @Test
    void entriesThatAreTooLargeTogetherAreSentInTwoBatches() {
        String most = "x".repeat(RequestBatcher.MAX_BYTES - 1);
        batches.add("e0");
        batches.add("yz");
        assertThat(calls.sent()).hasSize(1);

        batches.add(most);

        assertThat(calls.sent()).containsExactly(List.of("e0"), List.of("yz"));
        batches.add("y");
        assertThat(calls.sent()).hasSize(3).last().isEqualTo(List.of(most, "y"));
    }

    @Test
    void anEntryThatExceedsTheLimitIsSentAlone() {
        String huge = "x".repeat(RequestBatcher.MAX_BYTES + 1);
        batches.add("e0");
        batches.add("e1");

        batches.add(huge);

        assertThat(calls.sent()).containsExactly(List.of("e0"), List.of("e1"), List.of(huge));
    }

    @Test
    void anEntryThatWasCancelledWhileItWaitedIsNotSent() throws Exception {
        List<CompletableFuture<String>> results = add(0, 4);
        results.get(2).cancel(false);

        calls.end(0);
        ended(results.get(0));

        assertThat(calls.sent()).last().isEqualTo(List.of("e1", "e3"));
    }

    @Test
    void afterAllWaitingEntriesWereCancelledTheNextIsSentAtOnce() throws Exception {
        List<CompletableFuture<String>> results = add(0, 3);
        results.get(1).cancel(false);
        results.get(2).cancel(false);
        calls.end(0);
        ended(results.get(0));
        assertThat(calls.sent()).hasSize(1);

        batches.add("next");

        assertThat(calls.sent()).last().isEqualTo(List.of("next"));
    }

    @Test
    void anEntryWithoutASizeIsNotAdded() {
        RequestBatcher<String, String> unsizable = new RequestBatcher<>(calls, entry -> {
            throw new IllegalArgumentException("no size");
        });

        assertThatThrownBy(() -> unsizable.add("e0")).hasMessage("no size");

        assertThat(calls.sent()).isEmpty();
    }

    @Test
    void callbacksRunInAnotherThread() throws Exception {
        CompletableFuture<Thread> wentOn = batches.add("e0").thenApply(done -> Thread.currentThread());

        calls.end(0);

        assertThat(wentOn.get(10, TimeUnit.SECONDS))
                .isNotSameAs(Thread.currentThread())
                .matches(Thread::isVirtual);
    }
}
