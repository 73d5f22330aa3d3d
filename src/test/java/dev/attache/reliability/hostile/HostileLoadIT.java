package dev.attache.reliability.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.reliability.worker.DedicatedAws;
import dev.attache.reliability.worker.Figures;
import dev.attache.reliability.worker.MailWorker;
import dev.attache.reliability.worker.RequiresPackagedWorker;
import dev.attache.reliability.worker.SentEvent;
import dev.attache.reliability.worker.Settings;
import dev.attache.reliability.worker.WorkerProcess;
import dev.attache.reliability.worker.Workload;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.Mailbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The packaged worker with the heap of its image, while this machine floods its pages. The worker keeps running, sends
 * mails during the flood, and serves pages afterwards.
 */
@DedicatedAwsTest
@Tag("reliability")
@RequiresPackagedWorker
class HostileLoadIT {

    private static final int CONNECTIONS = Settings.number("hostile.connections", 3_000);

    private static final int LANGUAGES = Settings.number("hostile.languages", 3_000);

    private static final int MAILS = Settings.number("hostile.mails", 40);

    /** In bytes, of 128 MiB: the heap in use after a garbage collection. */
    private static final long MOST_HEAP = 96L << 20;

    /** In bytes. Locale objects for each unknown language tag would need more. */
    private static final long MOST_GROWTH = 8L << 20;

    private static DedicatedAws aws;

    private static Path log;

    private static WorkerProcess worker;

    private final Workload workload = new Workload("hostile", 4711);

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        aws = DedicatedAws.start(Duration.ofSeconds(30));
        Map<String, String> settings = new HashMap<>(aws.surroundings().properties());
        settings.put("attache.gateway.limits.trusted-proxies", "127.0.0.1,::1");
        log = Figures.FOLDER.resolve("hostile-load.log");
        worker = WorkerProcess.startAsInImage(settings, log);
        worker.awaitReady();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (worker != null) {
            worker.close();
        }
        if (aws != null) {
            aws.close();
        }
    }

    /** The figures of the flood. */
    record LoadFigures(int connections, Map<String, Long> answers, int mails, long mailsSeconds, long mebibytesAfter) {}

    @Test
    void aFloodOfConnectionsNeitherStopsTheWorkerNorDelaysMails() throws Exception {
        List<SentEvent> mails = workload.downloads(MAILS);
        Map<String, Long> answers;
        Duration untilAllArrived;
        try (PageFlood flood = new PageFlood(port())) {
            flood.begin(CONNECTIONS);
            Instant sent = Instant.now();
            aws.send(mails);
            await("all mails, sent during the flood")
                    .atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> peopleWithMail().containsAll(MailWorker.people(mails)));
            untilAllArrived = Duration.between(sent, Instant.now());
            assertReady();
            flood.awaitEnd(Duration.ofSeconds(180));
            answers = flood.answers();
        }

        Figures.keep(
                "hostile-load",
                new LoadFigures(CONNECTIONS, answers, MAILS, untilAllArrived.toSeconds(), heap() >> 20));
        assertThat(answers).as("answers by status").containsKeys("404", "429");
        assertThat(aws.deadLetters()).isEmpty();
        assertTheWorkerIsReady();
    }

    @Test
    void unknownLanguagesDoNotFillTheHeap() throws Exception {
        String page = URI.create(uploadPage()).getPath();
        Map<String, Long> answers;
        long grown;
        try (PageFlood visitors = new PageFlood(port())) {
            visitors.inventLanguages(page, 0, 200);
            long before = heap();
            visitors.inventLanguages(page, 200, LANGUAGES);
            grown = heap() - before;
            answers = visitors.answers();
        }

        assertThat(answers).isEqualTo(Map.of("200", (long) LANGUAGES));
        assertThat(grown)
                .as("bytes more after %d invented languages", LANGUAGES)
                .isLessThan(MOST_GROWTH);
        assertTheWorkerIsReady();
    }

    private void assertTheWorkerIsReady() throws Exception {
        assertReady();
        assertThat(Files.readAllLines(log))
                .noneMatch(line -> line.contains("OutOfMemoryError"))
                .noneMatch(line -> line.matches(".*\\b(s3|sns|mail) does not answer.*"));
        assertThat(heap()).as("bytes in use after a collection").isLessThan(MOST_HEAP);
        String page = uploadPage();
        await("the page to open")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(get(page)).contains("Customer Relations"));
    }

    private void assertReady() throws Exception {
        worker.runFor(Duration.ofMillis(1));
        assertThat(get(aws.surroundings().managementOrigin() + "/actuator/health/readiness"))
                .isEqualTo("{\"status\":\"UP\"}");
    }

    /** Requests an upload, and returns the page's URL from the mail. */
    private static String uploadPage() {
        String id = UUID.randomUUID().toString();
        String person = "hostile-upload-%s@example.com".formatted(id);
        aws.upstream().send("attachment-requests", """
            {"specversion":"1.0","id":"%s","source":"crm","type":"attachment.requested","time":"2026-11-21T09:00:00Z",
             "data":{"direction":"upload","channel":"email","recipients":[{"address":"%s"}],"expiresIn":"PT48H",
             "upload":{"contentTypes":["application/pdf"],"maxBytes":1000000}}}\
            """.formatted(id, person));
        return new Mailbox(aws.surroundings().mail()).await(person).links().getFirst();
    }

    private static List<String> peopleWithMail() {
        return aws.surroundings().mail().mails().stream()
                .map(mail -> mail.to().getFirst())
                .toList();
    }

    /** The heap in use after a garbage collection, in bytes. */
    private long heap() throws Exception {
        worker.collectGarbage();
        return get(aws.surroundings().managementOrigin() + "/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .collect(
                        Collectors.summingDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))))
                .longValue();
    }

    private String get(String address) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(address))
                                .timeout(Duration.ofSeconds(20))
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(
                                                                "sandbox:sandbox".getBytes(StandardCharsets.UTF_8)))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static int port() {
        return URI.create(aws.surroundings().pageOrigin()).getPort();
    }
}
