package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.DownloadUse;
import dev.attache.ledger.downloads.DownloadUse.ItemUse;
import dev.attache.ledger.downloads.DownloadUses;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.PageBuilder;
import dev.attache.ledger.downloads.S3DownloadUses;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.Pause;
import dev.attache.sandbox.AwsTest;
import dev.attache.sandbox.TestAws;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Recipients use a page while its mail is being marked as sent, on a store with atomic conditional writes. */
@AwsTest
@Tag("conditional-writes")
class PageUseDuringDeliveryIT {

    private static final int WORKERS = 4;

    private static final int USES = 5;

    private final IssuedPage page = new PageBuilder().issued();

    private final DeliveryKey delivery = new DeliveryKey(1, 2, UUID.randomUUID());

    private final ClaimKey key = new ClaimKey(delivery.delivery().toString(), delivery);

    private static ConditionalObjects objects(Pause pause) {
        return new ConditionalObjects(
                TestAws.surroundings().clients().s3(), TestAws.surroundings().bucket(), pause);
    }

    private static Pause pause(int seed) {
        return Pause.jittered(Duration.ofMillis(20), new Random(seed));
    }

    private static Claims claims(int seed) {
        ConditionalObjects objects = objects(pause(seed));
        return new S3Claims(
                objects,
                "ledger/",
                new ClaimsBeforePages(objects, "attache-keys/", () -> false),
                Duration.ofMinutes(5),
                new Random(seed),
                pause(seed));
    }

    private static DownloadUses worker(int seed) {
        return new S3DownloadUses(objects(pause(seed)), "ledger/", pause(seed));
    }

    @Test
    void markingAMailAsSentKeepsItsPageAndEveryCount() throws Exception {
        Claims.Claim claim = claims(1).take(key, "1:a", page).orElseThrow();
        CyclicBarrier start = new CyclicBarrier(WORKERS + 1);
        List<Callable<Void>> counting = IntStream.range(0, WORKERS)
                .<Callable<Void>>mapToObj(seed -> () -> {
                    start.await(10, TimeUnit.SECONDS);
                    count(worker(seed), "worker-" + seed);
                    return null;
                })
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(WORKERS)) {
            List<Future<Void>> running = counting.stream().map(threads::submit).toList();
            start.await(10, TimeUnit.SECONDS);
            claim.sent();
            for (Future<Void> worker : running) {
                worker.get(60, TimeUnit.SECONDS);
            }
        }

        DownloadUse use = worker(9).find(delivery);
        assertThat(use.item(0)).extracting(ItemUse::count).isEqualTo(WORKERS * USES);
        assertThat(S3Claims.pages(objects(pause(9)), "ledger/").find(delivery)).contains(page);
        assertThat(claims(2).take(key, "1:a", page)).isEmpty();
    }

    private void count(DownloadUses worker, String name) {
        for (int i = 0; i < USES; i++) {
            String id = name + "-" + i;
            worker.change(delivery, use -> use.withUse(0, id, Instant.parse("2026-11-21T12:00:00Z")));
        }
    }
}
