package dev.attache.reliability.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import dev.attache.contract.value.RejectionCode;
import dev.attache.reliability.worker.Figures;
import dev.attache.reliability.worker.Outcome;
import dev.attache.reliability.worker.OwnAws;
import dev.attache.reliability.worker.Programs;
import dev.attache.reliability.worker.Receives;
import dev.attache.reliability.worker.WorkerHere;
import dev.attache.reliability.worker.Workload;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Bad messages of every kind we know come in, with good ones among them. */
@DisabledIfSystemProperty(named = "aws", matches = "localstack|external", disabledReason = "It has an AWS of its own")
class PoisonIT {

    private static final int GOOD = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** What a pass may leave behind, in bytes and threads: room for caches and for polls that come and go. */
    private static final long MORE_HEAP = 48L << 20;

    private static final int MORE_THREADS = 30;

    /**
     * What one pass did.
     *
     * @param codes how many dead letters had which code
     * @param accepted why how many bad messages were taken all the same
     * @param threads platform and virtual threads afterwards
     * @param heap bytes in use afterwards, after a collection
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
    void theBadAreDeadLetteredAtOnceAndTheGoodAreUnaffected() throws Exception {
        try (var aws = OwnAws.start(Duration.ofSeconds(30));
                var programs = new Programs(aws);
                var worker = WorkerHere.start(
                        aws.surroundings(), Map.of(OwnAws.VISIBILITY_TIMEOUT, "30s"), new Receives())) {
            var first = pass(1, aws, programs);
            var second = pass(2, aws, programs);

            Figures.keep("poison", List.of(first, second));
            assertThat(second.heap() - first.heap())
                    .as("bytes more after the second pass")
                    .isLessThan(MORE_HEAP);
            // Calls to the queues may be under way at the moment of counting; threads that are left behind stay.
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(threads(3) - first.threads())
                            .as("threads more after the second pass")
                            .isLessThan(MORE_THREADS));
        }
    }

    private PoisonFigures pass(int number, OwnAws aws, Programs programs) throws IOException {
        var corpus = PoisonCorpus.of(number);
        var good = new Workload("good-%d".formatted(number), number).events(GOOD);
        assertThat(corpus).hasSizeGreaterThan(300);

        var upstream = new Upstream(aws.surroundings().clients());
        Map<String, BadMessage> sent = new HashMap<>();
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
                .as("rejections upstream was told of")
                .hasSizeGreaterThan(300);

        return new PoisonFigures(
                corpus.size(),
                dead.size(),
                dead.values().stream()
                        .collect(Collectors.groupingBy(
                                letter -> letter.attributes().get("attache-code"),
                                TreeMap::new,
                                Collectors.counting())),
                corpus.stream()
                        .filter(bad -> !bad.isRejected())
                        .collect(Collectors.groupingBy(
                                bad -> String.valueOf(bad.acceptedBecause()), TreeMap::new, Collectors.counting())),
                dead.values().stream()
                        .mapToInt(letter -> Integer.parseInt(letter.attributes().get("attache-attempts")))
                        .max()
                        .orElse(0),
                good.size(),
                outcome.mailsReceived(),
                threads(number),
                heap());
    }

    /** All dead letters by the message id of what they are copies of. */
    private static Map<String, ReadMessage> deadLetters(OwnAws aws, Upstream upstream, Map<String, BadMessage> sent) {
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> aws.unfinished().isEmpty());
        } catch (ConditionTimeoutException late) {
            // What is missing is said by whoever looks at the dead letters.
        }
        return Topology.queueNames().stream()
                .flatMap(queue -> upstream.messages(Topology.deadLetters(queue)).stream())
                .collect(Collectors.toMap(
                        letter -> letter.attributes().getOrDefault("attache-message-id", letter.messageId()),
                        letter -> letter));
    }

    private static void requireEachAnswered(Map<String, BadMessage> sent, Map<String, ReadMessage> dead) {
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
        assertThat(unknown).as("dead letters nobody knows").isEmpty();
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
