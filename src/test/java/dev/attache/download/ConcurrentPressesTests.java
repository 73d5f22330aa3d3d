package dev.attache.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.EventType;
import dev.attache.download.DownloadUsage.Result;
import dev.attache.ledger.downloads.PageToken;
import dev.attache.ledger.objects.InMemoryS3.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Presses on two workers at the same time, while writes conflict and responses are lost. */
class ConcurrentPressesTests extends DownloadTestBase {

    private static final int MOST = 5;

    private static final int PRESSES = 12;

    /** A press, with the failure of the ledger instead if there was one. */
    private Result press(DownloadWorker by, PageToken token) {
        try {
            return by.usage.press(token, 0, null);
        } catch (RuntimeException failed) {
            return new Result.Refused(Refusal.NOT_YET);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void limitIsKeptAndEachUseIsCountedOnce(int seed) throws Exception {
        PageToken token = issue(new PageBuilder().maxDownloads(MOST));
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            s3.troubles.add(Trouble.values()[random.nextInt(Trouble.values().length)]);
        }
        List<Callable<Result>> presses = new ArrayList<>();
        for (int i = 0; i < PRESSES; i++) {
            DownloadWorker by = i % 2 == 0 ? worker : other;
            presses.add(() -> press(by, token));
        }

        List<Result> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (Future<Result> done : threads.invokeAll(presses)) {
                results.add(done.get());
            }
        }
        s3.troubles.clear();
        while (press(worker, token) instanceof Result.Redirect another) {
            results.add(another);
        }
        runBackground();
        clock.advance(Duration.ofMinutes(2));
        sweep();

        assertThat(results).filteredOn(Result.Redirect.class::isInstance).hasSize(MOST);
        assertThat(worker.uses.find(token.key()).item(0).count()).isEqualTo(MOST);
        assertThat(events(EventType.LINK_DOWNLOADED)).hasSize(1);
        assertThat(events(EventType.LINK_EXHAUSTED)).hasSize(1);
        assertThat(markers.until(clock.instant(), 99)).isEmpty();
    }
}
