package dev.attache.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.reliability.worker.DedicatedAws;
import dev.attache.reliability.worker.RequiresPackagedWorker;
import dev.attache.reliability.worker.WorkerProcess;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.Mailbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged worker with logs as JSON: one setting, and each line is an object. */
@DedicatedAwsTest
class JsonLogsIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private static final String RECIPIENT = "someone-in-the-logs@example.com";

    private static String request(String id, String key) {
        return """
            {"specversion":"1.0","id":"%s","source":"crm","type":"attachment.requested","time":"2026-11-21T09:00:00Z",
             "traceparent":"00-%s-b7ad6b7169203331-01",
             "data":{"direction":"download","channel":"email","recipients":["%s"],"attachment":{"key":"%s"}}}\
            """.formatted(id, TRACE, RECIPIENT, key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "logstash"})
    @RequiresPackagedWorker
    void eachLineIsAnObjectAndLinesAboutAMessageNameItsQueueRequestAndTrace(String format) throws Exception {
        Path log = Path.of("target", "json-logs", format + ".log");
        try (var aws = DedicatedAws.start(Duration.ofSeconds(30));
                var worker = WorkerProcess.start(settings(aws, format), log)) {
            worker.awaitReady();
            aws.upstream().send("attachment-requests", request("r-sent", "downloads/crm/contract-4711.pdf"));
            String messageId =
                    aws.upstream().send("attachment-requests", request("r-rejected", "downloads/shop/streams.epub"));
            new Mailbox(aws.surroundings().mail()).await(RECIPIENT);
            aws.upstream().awaitDeadLetter("attachment-requests", "r-rejected");
            worker.stop();

            List<JsonNode> lines = lines(log);

            JsonNode rejected = lines.stream()
                    .filter(line -> line.path("message").asString().contains("KEY_NOT_ALLOWED"))
                    .findFirst()
                    .orElseThrow();
            assertThat(rejected.path("queue").asString()).isEqualTo("attachment-requests");
            assertThat(rejected.path("messageId").asString()).isEqualTo(messageId);
            assertThat(rejected.path("requestId").asString()).isEqualTo("r-rejected");
            assertThat(rejected.path("traceId").asString()).isEqualTo(TRACE);
            assertThat(Files.readString(log)).doesNotContain(RECIPIENT, "X-Amz", "/d/", "https://");
        }
    }

    private static Map<String, String> settings(DedicatedAws aws, String format) {
        Map<String, String> settings = new HashMap<>(aws.surroundings().properties());
        settings.put("logging.structured.format.console", format);
        return settings;
    }

    private static List<JsonNode> lines(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .<JsonNode>map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }
}
