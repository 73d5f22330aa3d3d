package dev.attache.reliability.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.relay.SmtpServer;
import dev.attache.reliability.worker.DedicatedAws;
import dev.attache.reliability.worker.Figures;
import dev.attache.reliability.worker.RequiresPackagedWorker;
import dev.attache.reliability.worker.Settings;
import dev.attache.reliability.worker.WorkerProcess;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The packaged worker, with the heap of its image, receives the largest messages and lists that are possible, all at
 * once.
 */
@DedicatedAwsTest
@Tag("reliability")
class HostileListsIT {

    /** The number of recipients in each list. */
    private static final int PEOPLE = Settings.number("hostile.people", 1_000);

    private static final int LISTS = Settings.number("hostile.lists", 2);

    /** The number of large messages in each queue of the worker. */
    private static final int LARGE_MESSAGES = Settings.number("hostile.messages", 30);

    private static final Duration PATIENCE = Duration.ofSeconds(60L + LISTS * PEOPLE / 50 + LARGE_MESSAGES / 2);

    private static final Duration VISIBILITY = Duration.ofSeconds(30);

    /** The longest text in a message that the contract allows, with three bytes for each character. */
    private static final String LONGEST_TEXT = "契".repeat(20_000);

    private static final Pattern ISSUED = Pattern.compile("\"requestId\":\"([^\"]+)\".*\"address\":\"([^\"]+)\"");

    /** The figures of the lists: recipients with a link, and the time. */
    record ListFigures(int lists, int people, int links, long seconds) {}

    /** The figures of the large messages: how many of each queue were handled, and how many were dead-lettered. */
    record FloodFigures(int messages, int links, int mails, Map<String, Integer> deadLetters, long seconds) {}

    @Test
    @RequiresPackagedWorker
    void everyRecipientOfLongListsWithLongTextsGetsALink() throws Exception {
        try (var aws = DedicatedAws.start(VISIBILITY)) {
            Map<String, String> settings = new HashMap<>(aws.surroundings().properties());
            // No mails are sent: the deliveries are deleted.
            settings.put(
                    "spring.cloud.function.definition",
                    "attachmentRequests;requestParts;purchases;createdObjects;newsletterDelivery");
            try (var worker = WorkerProcess.startAsInImage(settings, Figures.FOLDER.resolve("hostile-lists.log"))) {
                worker.awaitReady();
                var began = Instant.now();
                for (int list = 0; list < LISTS; list++) {
                    send(aws, "list-" + list);
                }
                Map<String, Set<String>> issued = new HashMap<>();
                await("all links")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> {
                            throwAway(aws, "email-deliveries");
                            take(aws, issued);
                            assertThat(worker.isAlive()).as("the worker runs").isTrue();
                            return issued.values().stream().mapToInt(Set::size).sum() == LISTS * PEOPLE;
                        });

                for (int list = 0; list < LISTS; list++) {
                    assertThat(issued.get("list-" + list))
                            .isEqualTo(IntStream.range(0, PEOPLE)
                                    .mapToObj(HostileListsIT::address)
                                    .collect(Collectors.toSet()));
                }
                await("the end of all messages").atMost(PATIENCE).until(() -> {
                    throwAway(aws, "email-deliveries");
                    return aws.unfinished().isEmpty();
                });
                assertThat(aws.deadLetters()).isEmpty();
                assertThat(worker.isAlive()).isTrue();
                Figures.keep(
                        "hostile-lists",
                        new ListFigures(
                                LISTS,
                                PEOPLE,
                                LISTS * PEOPLE,
                                Duration.between(began, Instant.now()).toSeconds()));
                worker.stop();
            }
        }
    }

    private static String address(int number) {
        return "r" + number + "@example.com";
    }

    private static void send(DedicatedAws aws, String id) {
        String key = "downloads/crm/" + id + ".ndjson";
        String list = IntStream.range(0, PEOPLE)
                .mapToObj(i -> "{\"address\":\"%s\",\"name\":\"%s\"}".formatted(address(i), "名".repeat(80)))
                .collect(Collectors.joining("\n"));
        aws.surroundings()
                .clients()
                .s3()
                .putObject(
                        request -> request.bucket(aws.surroundings().bucket()).key(key), RequestBody.fromString(list));
        aws.upstream().send("attachment-requests", """
            {"specversion":"1.0","id":"%s","source":"crm","type":"attachment.requested","time":"2026-11-21T09:00:00Z",
             "data":{"direction":"download","channel":"email","recipientList":{"key":"%s"},"message":{"text":"%s"},
             "attachment":{"key":"downloads/crm/contract-4711.pdf"}}}\
            """.formatted(id, key, LONGEST_TEXT));
    }

    /** Reads all published links, and keeps their recipients. */
    private static void take(DedicatedAws aws, Map<String, Set<String>> issued) {
        SqsClient sqs = aws.surroundings().clients().sqs();
        String url = sqs.getQueueUrl(request -> request.queueName("deliveries-inbox"))
                .queueUrl();
        for (List<Message> some = receive(sqs, url); !some.isEmpty(); some = receive(sqs, url)) {
            List<DeleteMessageBatchRequestEntry> entries = some.stream()
                    .map(message -> DeleteMessageBatchRequestEntry.builder()
                            .id(message.messageId())
                            .receiptHandle(message.receiptHandle())
                            .build())
                    .toList();
            for (Message message : some) {
                Matcher link = ISSUED.matcher(message.body());
                assertThat(link.find()).isTrue();
                issued.computeIfAbsent(link.group(1), id -> new HashSet<>()).add(link.group(2));
            }
            sqs.deleteMessageBatch(request -> request.queueUrl(url).entries(entries));
            throwAway(aws, "email-deliveries");
        }
    }

    private static List<Message> receive(SqsClient sqs, String url) {
        return sqs.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10))
                .messages();
    }

    private static void throwAway(DedicatedAws aws, String queue) {
        SqsClient sqs = aws.surroundings().clients().sqs();
        sqs.purgeQueue(request ->
                request.queueUrl(sqs.getQueueUrl(name -> name.queueName(queue)).queueUrl()));
    }

    @Test
    @RequiresPackagedWorker
    void messagesOfTheMaximumSizeAreHandledOrDeadLetteredWithAReason() throws Exception {
        try (var aws = DedicatedAws.start(VISIBILITY);
                var relay = new SmtpServer()) {
            Map<String, String> settings = new HashMap<>(aws.surroundings().properties());
            settings.put("spring.mail.host", relay.host());
            settings.put("spring.mail.port", String.valueOf(relay.port()));
            for (String queue : Topology.queueNames()) {
                for (int number = 0; number < LARGE_MESSAGES; number++) {
                    aws.upstream().send(queue, large(queue, number));
                }
            }
            var began = Instant.now();
            try (var worker = WorkerProcess.startAsInImage(settings, Figures.FOLDER.resolve("hostile-messages.log"))) {
                worker.awaitReady();
                await("the end of all messages")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> {
                            assertThat(worker.isAlive()).as("the worker runs").isTrue();
                            return aws.unfinished().isEmpty();
                        });

                assertThat(worker.isAlive()).isTrue();
                Map<String, Integer> dead = Topology.queueNames().stream()
                        .collect(Collectors.toMap(
                                queue -> queue, queue -> aws.upstream().depth(Topology.deadLetters(queue))));
                Figures.keep(
                        "hostile-messages",
                        new FloodFigures(
                                Topology.queueNames().size() * LARGE_MESSAGES,
                                aws.upstream().depth("deliveries-inbox"),
                                relay.mails().size(),
                                dead,
                                Duration.between(began, Instant.now()).toSeconds()));
                assertThat(aws.deadLetters()).isEmpty();
                // Requests, parts, purchases and the two queues of deliveries each cause a mail.
                assertThat(relay.mails().stream().map(mail -> mail.recipient()).collect(Collectors.toSet()))
                        .isEqualTo(Topology.queueNames().stream()
                                .filter(queue -> !queue.equals("objects-created"))
                                .flatMap(queue ->
                                        IntStream.range(0, LARGE_MESSAGES).mapToObj(number -> recipient(queue, number)))
                                .collect(Collectors.toSet()));
                worker.stop();
            }
        }
    }

    private static String recipient(String queue, int number) {
        return queue + number + "@example.com";
    }

    /**
     * A valid message that is large because of properties that the contract does not define; every second one has
     * almost as many values as the parser allows.
     */
    private static String large(String queue, int number) {
        String padding = number % 2 == 0
                ? "\"" + "契".repeat(80_000) + "\""
                : "[" + "{},".repeat(15_000) + "\"" + "x".repeat(195_000) + "\"]";
        return ValidMessages.with(queue, queue.equals("objects-created") ? "/padding" : "/data/padding", padding)
                .replace("\"poison\"", "\"" + queue + number + "\"")
                .replace("\"large\"", "\"of-" + queue + number + "\"")
                .replace("poisoned@example.com", recipient(queue, number));
    }
}
