package dev.attache.binder.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Many threads, and answers that refuse some entries, some batches, or fail. */
class BatchesUnderLoadTests {

    private static final int THREADS = 200;

    private static final int EACH = 500;

    private static final int MAX_BYTES_OF_ONE = 80_000;

    private final Random random = new Random(20261121);

    private final Map<String, Integer> sizes = new ConcurrentHashMap<>();

    private final AtomicInteger inFlight = new AtomicInteger();

    private final AtomicInteger mostInFlight = new AtomicInteger();

    private final AtomicInteger sent = new AtomicInteger();

    private final AtomicInteger unlawful = new AtomicInteger();

    private final RequestBatcher<String, String> batches = new RequestBatcher<>(this::send, sizes::get);

    /** Answers at once in the same thread, or in another one, depending on the seed. */
    private CompletableFuture<BatchAnswer<String>> send(List<String> entries) {
        int fate;
        synchronized (random) {
            fate = random.nextInt(20);
        }
        sent.incrementAndGet();
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        if (entries.size() > RequestBatcher.MAX_ENTRIES
                || entries.stream().mapToInt(sizes::get).sum() > RequestBatcher.MAX_BYTES) {
            unlawful.incrementAndGet();
        }
        if (fate == 0) {
            inFlight.decrementAndGet();
            throw new IllegalStateException("thrown");
        }
        Executor where = fate % 2 == 0 ? Runnable::run : Thread::startVirtualThread;
        return CompletableFuture.supplyAsync(
                () -> {
                    inFlight.decrementAndGet();
                    return answer(entries, fate);
                },
                where);
    }

    private static BatchAnswer<String> answer(List<String> entries, int fate) {
        if (fate == 1) {
            throw SqsException.builder().statusCode(503).message("down").build();
        }
        // A body whose whole batch is refused.
        if (entries.stream().anyMatch(entry -> entry.endsWith("77"))) {
            throw SqsException.builder()
                    .statusCode(400)
                    .message("spoilt by " + entries.getFirst())
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("InvalidMessageContents")
                            .build())
                    .build();
        }
        Map<String, String> accepted = new HashMap<>();
        Map<String, Throwable> refused = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).endsWith("5")) {
                refused.put(Integer.toString(i), new IllegalArgumentException("refused " + entries.get(i)));
            } else if (!entries.get(i).endsWith("33")) {
                accepted.put(Integer.toString(i), "took " + entries.get(i));
            }
        }
        return new BatchAnswer<>(accepted, refused);
    }

    @Test
    void eachOfAHundredThousandEntriesHasItsOwnResult() throws Exception {
        for (int i = 0; i < THREADS * EACH; i++) {
            sizes.put(
                    Integer.toString(i),
                    random.nextInt(10) == 0 ? random.nextInt(MAX_BYTES_OF_ONE) : random.nextInt(500));
        }

        Map<String, CompletableFuture<String>> results = new ConcurrentHashMap<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> adding = IntStream.range(0, THREADS)
                    .mapToObj(thread -> threads.submit(() -> {
                        for (int i = 0; i < EACH; i++) {
                            String entry = Integer.toString(thread * EACH + i);
                            results.put(entry, batches.add(entry));
                            if (i % 100 == 99) {
                                // Some threads wait, as a function does.
                                results.get(entry).handle((done, error) -> null).get(60, TimeUnit.SECONDS);
                            }
                        }
                        return null;
                    }))
                    .toList();
            for (Future<?> one : adding) {
                one.get(60, TimeUnit.SECONDS);
            }
        }

        assertThat(results).hasSize(THREADS * EACH);
        AtomicInteger accepted = new AtomicInteger();
        for (var result : results.entrySet()) {
            requireOwn(result.getKey(), result.getValue(), accepted);
        }
        assertThat(accepted).hasValueGreaterThan(THREADS * EACH / 2);
        assertThat(unlawful).hasValue(0);
        assertThat(sent).hasValueLessThan(THREADS * EACH);
        assertThat(mostInFlight).hasValueLessThanOrEqualTo(RequestBatcher.MAX_IN_FLIGHT);
    }

    private static void requireOwn(String entry, CompletableFuture<String> result, AtomicInteger accepted)
            throws Exception {
        try {
            assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo("took " + entry);
            assertThat(entry).doesNotEndWith("5").doesNotEndWith("33").doesNotEndWith("77");
            accepted.incrementAndGet();
        } catch (ExecutionException failed) {
            String message = failed.getCause().getMessage();
            boolean own = entry.endsWith("77") && message.startsWith("spoilt by " + entry)
                    || entry.endsWith("5") && message.equals("refused " + entry)
                    || entry.endsWith("33") && message.contains("lacks its entry");
            assertThat(own || message.equals("thrown") || message.startsWith("down"))
                    .as(entry + ": " + message)
                    .isTrue();
        }
    }

    @Test
    void tenThousandCallsThatEndAtOnceDoNotNest() throws Exception {
        RequestBatcher<Integer, Integer> atOnce = new RequestBatcher<>(
                entries -> CompletableFuture.completedFuture(new BatchAnswer<>(
                        IntStream.range(0, entries.size())
                                .boxed()
                                .collect(Collectors.toMap(String::valueOf, entries::get)),
                        Map.of())),
                entry -> RequestBatcher.MAX_BYTES);
        List<CompletableFuture<Integer>> results =
                IntStream.range(0, 10_000).mapToObj(atOnce::add).toList();

        for (int i = 0; i < results.size(); i++) {
            assertThat(results.get(i).get(60, TimeUnit.SECONDS)).isEqualTo(i);
        }
    }
}
