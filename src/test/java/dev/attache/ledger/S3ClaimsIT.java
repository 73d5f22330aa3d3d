package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.Pause;
import dev.attache.sandbox.AwsTest;
import dev.attache.sandbox.TestAws;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Claims on a store with atomic conditional writes and its own clock. */
@AwsTest
@Tag("conditional-writes")
class S3ClaimsIT {

    private static final int WORKERS = 16;

    private final String id = UUID.randomUUID().toString();

    private static Claims worker(int seed, Duration lease) {
        Pause pause = Pause.jittered(Duration.ofMillis(20), new Random(seed));
        ConditionalObjects objects = new ConditionalObjects(
                TestAws.surroundings().clients().s3(), TestAws.surroundings().bucket(), pause);
        return new S3Claims(
                objects,
                "ledger/",
                new ClaimsBeforePages(objects, "attache-keys/", () -> false),
                lease,
                new Random(seed),
                pause);
    }

    @Test
    void oneOfManyWorkersGetsANewClaim() throws Exception {
        assertThat(race(Duration.ofMinutes(5)))
                .containsOnlyOnce("taken")
                .filteredOn("held"::equals)
                .hasSize(WORKERS - 1);
    }

    @Test
    void oneOfManyWorkersTakesOverAnExpiredClaim() throws Exception {
        // Short enough to wait for, and longer than the race: the winner's own lease must not expire in it.
        Duration lease = Duration.ofSeconds(5);
        worker(99, lease).take(ClaimKey.of(id), null, null).orElseThrow();
        assertThatExceptionOfType(ClaimHeldException.class)
                .isThrownBy(() -> worker(98, lease).take(ClaimKey.of(id), null, null));
        await().atMost(Duration.ofSeconds(20)).until(() -> age().compareTo(lease.plusSeconds(1)) >= 0);

        assertThat(race(lease))
                .containsOnlyOnce("taken")
                .filteredOn("held"::equals)
                .hasSize(WORKERS - 1);
    }

    @Test
    void oneOfManyWorkersGetsAReleasedClaimAndAllSeeItsMark() throws Exception {
        worker(99, Duration.ofMinutes(5))
                .take(ClaimKey.of(id), null, null)
                .orElseThrow()
                .release();

        assertThat(race(Duration.ofMinutes(5)))
                .containsOnlyOnce("taken")
                .filteredOn("held"::equals)
                .hasSize(WORKERS - 1);
    }

    @Test
    void markedMailIsSentForAllWorkers() throws Exception {
        worker(99, Duration.ofMinutes(5))
                .take(ClaimKey.of(id), null, null)
                .orElseThrow()
                .sent();

        assertThat(race(Duration.ofMinutes(5))).hasSize(WORKERS).containsOnly("sent");
    }

    private Duration age() {
        return new ConditionalObjects(
                        TestAws.surroundings().clients().s3(),
                        TestAws.surroundings().bucket(),
                        attempt -> {})
                .get("ledger/claims/" + id)
                .orElseThrow()
                .age();
    }

    private List<String> race(Duration lease) throws Exception {
        CyclicBarrier start = new CyclicBarrier(WORKERS);
        List<Callable<String>> takers = IntStream.range(0, WORKERS)
                .<Callable<String>>mapToObj(seed -> () -> {
                    Claims worker = worker(seed, lease);
                    start.await(10, TimeUnit.SECONDS);
                    return outcome(
                            () -> worker.take(ClaimKey.of(id), null, null).isPresent() ? "taken" : "sent");
                })
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(WORKERS)) {
            return threads.invokeAll(takers).stream().map(Future::resultNow).toList();
        }
    }

    private static String outcome(Supplier<String> take) {
        try {
            return take.get();
        } catch (ClaimHeldException held) {
            return "held";
        }
    }
}
