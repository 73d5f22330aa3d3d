package dev.attache.reliability.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import dev.attache.contract.value.RejectionCode;
import dev.attache.reliability.worker.DedicatedAws;
import dev.attache.reliability.worker.Figures;
import dev.attache.reliability.worker.InProcessWorker;
import dev.attache.reliability.worker.Outcome;
import dev.attache.reliability.worker.ReceiveRecorder;
import dev.attache.reliability.worker.SubscribedPrograms;
import dev.attache.reliability.worker.Workload;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.Upstream;
import dev.attache.sandbox.Upstream.ReadMessage;
import dev.attache.topology.Topology;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invalid messages of many kinds are received among valid ones. */
@DedicatedAwsTest
@Tag("reliability")
class PoisonIT {

    private static final int GOOD = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** How much heap, in bytes, and how many threads one pass may add: caches and polls vary. */
    private static final long MORE_HEAP = 48L << 20;

    private static final int MORE_THREADS = 30;

    /**
     * The figures of one pass.
     *
     * @param codes the number of dead letters by code
     * @param accepted the number of accepted invalid messages by reason
     * @param threads platform and virtual threads afterwards
     * @param heap the heap in use afterwards, after a garbage collection, in bytes
     */
    record PoisonFigures(
            int bad,
            int deadLettered,
            Map<String, Long> codes,
            Map<String, Long> accepted,
            int mostAttempts,
            int good,
            int mails,
            int threads,
            long heap) {}

    @TempDir
    Path dumps;

    @Test
    void invalidMessagesAreDeadLetteredAtOnceAndValidOnesAreUnaffected() throws Exception {
        try (var aws = DedicatedAws.start(Duration.ofSeconds(30));
                var programs = new SubscribedPrograms(aws);
                var worker = InProcessWorker.start(
                        aws.surroundings(), Map.of(DedicatedAws.VISIBILITY_TIMEOUT, "30s"), new ReceiveRecorder())) {
            var first = pass(1, aws, programs);
            var second = pass(2, aws, programs);

            Figures.keep("poison", List.of(first, second));
            assertThat(second.heap() - first.heap())
                    .as("additional bytes after the second pass")
                    .isLessThan(MORE_HEAP);
            // Calls to the queues may be running while threads are counted; they end, threads that leaked do not.
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(threads(3) - first.threads())
                            .as("additional threads after the second pass")
                            .isLessThan(MORE_THREADS));
        }
    }

    private PoisonFigures pass(int number, DedicatedAws aws, SubscribedPrograms programs) throws IOException {
        var corpus = PoisonCorpus.of(number);
        var good = new Workload("good-%d".formatted(number), number).events(GOOD);
        assertThat(corpus).hasSizeGreaterThan(300);

        var upstream = new Upstream(aws.surroundings().clients());
        Map<String, InvalidMessage> sent = new HashMap<>();
        List<Runnable> sends = new ArrayList<>();
        corpus.forEach(bad -> sends.add(() -> sent.put(upstream.send(bad.queue(), bad.body(), bad.attributes()), bad)));
        good.forEach(event -> sends.add(() -> upstream.send(event.queue(), event.body())));
        Collections.shuffle(sends, new Random(number));
        sends.forEach(Runnable::run);

        var dead = deadLetters(aws, upstream, sent);
        requireEachAnswered(sent, dead);
        var outcome = Outcome.of(good, aws, programs, PATIENCE);
        outcome.requireNothingLost("request.rejected");
        assertThat(programs.others().get("request.rejected"))
                .as("published rejections")
                .hasSizeGreaterThan(300);

        return new PoisonFigures(
                corpus.size(),
                dead.size(),
                dead.values().stream()
                        .collect(Collectors.groupingBy(
                                deadLetter -> deadLetter.attributes().get("attache-code"),
                                TreeMap::new,
                                Collectors.counting())),
                corpus.stream()
                        .filter(bad -> !bad.isRejected())
                        .collect(Collectors.groupingBy(
                                bad -> String.valueOf(bad.acceptedBecause()), TreeMap::new, Collectors.counting())),
                dead.values().stream()
                        .mapToInt(deadLetter ->
                                Integer.parseInt(deadLetter.attributes().get("attache-attempts")))
                        .max()
                        .orElse(0),
                good.size(),
                outcome.mailsReceived(),
                threads(number),
                heap());
    }

    /** All dead letters, by the message id of the original message. */
    private static Map<String, ReadMessage> deadLetters(
            DedicatedAws aws, Upstream upstream, Map<String, InvalidMessage> sent) {
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> aws.unfinished().isEmpty());
        } catch (ConditionTimeoutException late) {
            // The assertion on the dead letters says what is missing.
        }
        return Topology.queueNames().stream()
                .flatMap(queue -> upstream.messages(Topology.deadLetters(queue)).stream())
                .collect(Collectors.toMap(
                        deadLetter ->
                                deadLetter.attributes().getOrDefault("attache-message-id", deadLetter.messageId()),
                        deadLetter -> deadLetter));
    }

    private static void requireEachAnswered(Map<String, InvalidMessage> sent, Map<String, ReadMessage> dead) {
        var codes = Arrays.stream(RejectionCode.values()).map(Enum::name).collect(Collectors.toSet());
        codes.remove("RETRIES_EXHAUSTED");
        codes.remove("OBJECT_NOT_FOUND");
        var missing = sent.entrySet().stream()
                .filter(entry -> entry.getValue().isRejected() && !dead.containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        var surplus = sent.entrySet().stream()
                .filter(entry -> !entry.getValue().isRejected() && dead.containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        var unknown = dead.keySet().stream().filter(id -> !sent.containsKey(id)).toList();
        var late = dead.entrySet().stream()
                .filter(entry -> !"1".equals(entry.getValue().attributes().get("attache-attempts"))
                        || !codes.contains(entry.getValue().attributes().getOrDefault("attache-code", "")))
                .map(entry -> sent.get(entry.getKey()) + " " + entry.getValue().attributes())
                .toList();
        assertThat(missing).as("bad messages that are not dead-lettered").isEmpty();
        assertThat(surplus)
                .as("messages that were dead-lettered although they may be taken")
                .isEmpty();
        assertThat(unknown).as("unknown dead letters").isEmpty();
        assertThat(late)
                .as("dead letters without a code of theirs, or not at the first attempt")
                .isEmpty();
    }

    private int threads(int number) throws IOException {
        var dump = dumps.resolve("threads-%d.json".formatted(number)).toAbsolutePath();
        Files.deleteIfExists(dump);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), ThreadDumpFormat.JSON);
        return Math.toIntExact(Files.readString(dump)
                .lines()
                .filter(line -> line.contains("\"tid\""))
                .count());
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
