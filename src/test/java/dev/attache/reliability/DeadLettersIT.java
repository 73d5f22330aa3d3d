package dev.attache.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.reliability.worker.ConsoleApi;
import dev.attache.reliability.worker.DedicatedAws;
import dev.attache.reliability.worker.Figures;
import dev.attache.reliability.worker.RequiresPackagedWorker;
import dev.attache.reliability.worker.Settings;
import dev.attache.reliability.worker.WorkerProcess;
import dev.attache.sandbox.DedicatedAwsTest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many dead letters of three codes and two sources are browsed, and one group is replayed while the packaged worker,
 * which runs the task and handles the messages, is killed and started again.
 */
@DedicatedAwsTest
@Tag("reliability")
class DeadLettersIT {

    private static final int LETTERS = Settings.number("deadletters.letters", 600);

    private static final int PER_SECOND = Settings.number("deadletters.per-second", 20);

    private static final int KILLS = Settings.number("deadletters.kills", 1);

    private static final long SEED = Settings.number("deadletters.seed", 4711);

    private static final String QUEUE = "attachment-requests";

    private static final String DEAD = "attachment-requests-dlq";

    private static final Duration VISIBILITY = Duration.ofSeconds(6);

    private static final Duration LONG = Duration.ofMinutes(5).plusSeconds(LETTERS / 20);

    /** The parts of the groups in a hundred. */
    private static final Map<String, Integer> GROUPS = new TreeMap<>(Map.of(
            "CONTRACT_VIOLATION crm", 20,
            "CONTRACT_VIOLATION desk", 20,
            "OBJECT_NOT_FOUND crm", 15,
            "OBJECT_NOT_FOUND desk", 30,
            "TOO_LARGE crm", 5,
            "TOO_LARGE desk", 10));

    private static final String REPLAYED = "OBJECT_NOT_FOUND desk";

    /**
     * The figures of the run.
     *
     * @param browsedMillis how long the scan took
     * @param sentTwice letters that were sent again, because the worker was killed before it had deleted them
     */
    record DeadLetterFigures(
            int letters,
            Map<String, Integer> groups,
            long browsedMillis,
            int replayed,
            int perSecond,
            int kills,
            long seed,
            long replayedSeconds,
            int handled,
            int sentTwice,
            List<String> lost) {}

    private final Random random = new Random(SEED);

    private final DedicatedAws aws = DedicatedAws.start(VISIBILITY);

    private final ConsoleApi console = new ConsoleApi(aws.surroundings());

    private final SqsClient sqs = aws.surroundings().clients().sqs();

    private int lives;

    @Test
    @RequiresPackagedWorker
    void oneGroupOfManyIsReplayedWhileTheWorkerIsKilledAndNoneIsLost() throws Exception {
        try (aws) {
            aws.surroundings()
                    .clients()
                    .s3()
                    .putObject(
                            request ->
                                    request.bucket(aws.surroundings().bucket()).key("downloads/found.pdf"),
                            RequestBody.fromString("%PDF"));
            Map<String, Set<String>> sent = sendLetters();
            WorkerProcess worker = start();
            try {
                Instant began = Instant.now();
                JsonNode scan = console.awaitEnd(console.start("""
                    {"action":"scan","queue":"%s"}\
                    """.formatted(DEAD)), LONG);
                long browsed = Duration.between(began, Instant.now()).toMillis();
                Map<String, Integer> groups = groups();
                assertThat(scan.get("state").asString()).isEqualTo("DONE");
                assertThat(groups).isEqualTo(sizes(sent));
                assertThat(aws.upstream().depth(DEAD)).isEqualTo(total(sent));

                Instant replayBegan = Instant.now();
                String replay = console.start("""
                    {"action":"replay","queue":"%s","perSecond":%d,"canary":false,\
                    "selection":{"select":"group","code":"OBJECT_NOT_FOUND","source":"desk"}}\
                    """.formatted(DEAD, PER_SECOND));
                Set<String> wanted = sent.getOrDefault(REPLAYED, Set.of());
                for (int kill = 1; kill <= KILLS; kill++) {
                    long enough = (long) wanted.size() * kill / (KILLS + 1);
                    console.awaitTask(replay, task -> task.get("done").asLong() >= enough, LONG);
                    worker.runFor(Duration.ofMillis(random.nextInt(500)));
                    worker.kill();
                    worker.close();
                    worker = start();
                }
                JsonNode ended = console.awaitEnd(replay, LONG);
                long took = Duration.between(replayBegan, Instant.now()).toSeconds();
                assertThat(ended.get("state").asString()).as(ended.toString()).isEqualTo("DONE");

                Map<String, Set<String>> links = awaitLinks(wanted);
                Set<String> lost = new HashSet<>(wanted);
                lost.removeAll(links.keySet());
                int rest = total(sent) - wanted.size();
                await("letters of other groups, given back").atMost(LONG).until(() -> visible(DEAD) == rest);
                Figures.keep(
                        "dead-letters",
                        new DeadLetterFigures(
                                total(sent),
                                groups,
                                browsed,
                                wanted.size(),
                                PER_SECOND,
                                KILLS,
                                SEED,
                                took,
                                links.size(),
                                deliveries - links.size(),
                                List.copyOf(lost)));
                assertThat(lost).as("letters whose request was not handled").isEmpty();
                assertThat(links)
                        .allSatisfy((request, ids) -> assertThat(ids)
                                .as("ids of the events that follow %s", request)
                                .hasSize(1));
                assertThat(links.keySet()).isEqualTo(wanted);
                assertThat(aws.upstream().depth(QUEUE)).isZero();
                worker.stop();
            } finally {
                worker.close();
            }
        }
    }

    /** How many messages the program has received, also of the same event. */
    private int deliveries;

    private Map<String, Set<String>> awaitLinks(Set<String> wanted) {
        Map<String, Set<String>> links = new HashMap<>();
        await("a link for each letter").atMost(LONG).untilAsserted(() -> {
            var messages = aws.upstream().messages("deliveries-inbox");
            for (var message : messages.subList(deliveries, messages.size())) {
                JsonNode event = JsonMapper.shared().readTree(message.body());
                links.computeIfAbsent(event.at("/data/requestId").asString(), any -> new HashSet<>())
                        .add(event.get("id").asString());
                deliveries++;
            }
            assertThat(links.keySet().containsAll(wanted)
                            && aws.upstream().depth(QUEUE) == 0
                            && aws.upstream().depth("deliveries-inbox") == 0)
                    .as("%d of %d requests are handled", links.size(), wanted.size())
                    .isTrue();
        });
        return links;
    }

    private int visible(String queue) {
        return Integer.parseInt(sqs.getQueueAttributes(request ->
                        request.queueUrl(url(queue)).attributeNamesWithStrings("ApproximateNumberOfMessages"))
                .attributesAsStrings()
                .getOrDefault("ApproximateNumberOfMessages", "0"));
    }

    private WorkerProcess start() {
        Map<String, String> settings = new HashMap<>(aws.surroundings().properties());
        settings.putAll(CrashIT.SHORT_WAITS);
        settings.put(DedicatedAws.VISIBILITY_TIMEOUT, VISIBILITY.toSeconds() + "s");
        settings.put("attache.dead-letters.hold", "10s");
        settings.put("attache.dead-letters.lease", "5s");
        settings.put("attache.dead-letters.watch", "1s");
        Path log = Figures.FOLDER.resolve("dead-letters-worker-%02d.log".formatted(lives++));
        // The first one makes the snapshot, and has the heap of the image.
        WorkerProcess worker =
                lives == 1 ? WorkerProcess.startAsInImage(settings, log) : WorkerProcess.start(settings, log);
        worker.awaitReady();
        return worker;
    }

    private Map<String, Integer> groups() {
        Map<String, Integer> groups = new TreeMap<>();
        console.get("/dead-letters/" + DEAD + "/groups")
                .get("groups")
                .forEach(group -> groups.put(
                        group.get("code").asString() + " " + group.get("source").asString(),
                        group.get("count").asInt()));
        return groups;
    }

    private static Map<String, Integer> sizes(Map<String, Set<String>> sent) {
        Map<String, Integer> sizes = new TreeMap<>();
        sent.forEach((group, ids) -> sizes.put(group, ids.size()));
        return sizes;
    }

    private static int total(Map<String, Set<String>> sent) {
        return sent.values().stream().mapToInt(Set::size).sum();
    }

    /** Sends the dead letters, as a worker writes them. Returns the ids of the requests by group. */
    private Map<String, Set<String>> sendLetters() throws Exception {
        Map<String, Set<String>> sent = new TreeMap<>();
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        GROUPS.forEach((group, percent) -> {
            String code = group.substring(0, group.indexOf(' '));
            String source = group.substring(group.indexOf(' ') + 1);
            IntStream.range(0, LETTERS * percent / 100).forEach(i -> {
                String id = "%s-%s-%d".formatted(code, source, i);
                sent.computeIfAbsent(group, any -> new HashSet<>()).add(id);
                entries.add(letter(id, code, source, entries.size()));
            });
        });
        Collections.shuffle(entries, random);
        String url = url(DEAD);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> batches = new ArrayList<>();
            entries.stream()
                    .gather(Gatherers.windowFixed(10))
                    .forEach(batch -> batches.add(threads.submit(() -> sqs.sendMessageBatch(
                            request -> request.queueUrl(url).entries(batch)))));
            for (Future<?> batch : batches) {
                batch.get();
            }
        }
        return sent;
    }

    private static SendMessageBatchRequestEntry letter(String id, String code, String source, int number) {
        String body = """
            {"specversion":"1.0","id":"%s","source":"%s","type":"attachment.requested",\
            "data":{"direction":"download","channel":"event","attachment":{"key":"downloads/found.pdf"}}}\
            """.formatted(id, source);
        return SendMessageBatchRequestEntry.builder()
                .id("m" + number)
                .messageBody(body)
                .messageAttributes(Map.of(
                        "attache-code", text(code),
                        "attache-reason", text("made by a test"),
                        "attache-source-queue", text(QUEUE),
                        "attache-attempts", text("1")))
                .build();
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    private String url(String queue) {
        return sqs.getQueueUrl(request -> request.queueName(queue)).queueUrl();
    }
}
