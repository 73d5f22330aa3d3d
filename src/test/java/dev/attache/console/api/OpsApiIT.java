package dev.attache.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.console.ConsoleBrowser;
import dev.attache.console.ConsoleClient;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import dev.attache.sandbox.Upstream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The JSON of the console on the sandbox: the examples of docs/console.md, and refusals. */
@SandboxTest
@Tag("conditional-writes")
class OpsApiIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String QUEUE = "attachment-requests-dlq";

    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```sh\\n(.*?)^```");

    private static final Pattern ADDRESS = Pattern.compile("\"\\$OPS(/[^\"?]*)(\\?[^\"]*)?\"");

    private final OpsApiContract contract = new OpsApiContract();

    @Autowired
    private Surroundings surroundings;

    @Autowired
    private Upstream upstream;

    private ConsoleClient client;

    @BeforeEach
    void open() {
        client = new ConsoleClient(surroundings.managementOrigin());
    }

    @AfterEach
    void close() {
        client.close();
    }

    /** A request for an object that its source may not link to. */
    private void poison() {
        upstream.send("attachment-requests", """
            {"specversion":"1.0","id":"%s","source":"crm","type":"attachment.requested","time":"%s",
             "data":{"direction":"download","channel":"email","recipients":["ana@example.com"],
                     "attachment":{"key":"downloads/shop/streams.epub"}}}\
            """.formatted(UUID.randomUUID(), Instant.now()));
    }

    @Test
    void everyExampleOfTheDocumentWorksAndItsAnswerConformsToTheOpenApiDocument() throws Exception {
        int before = upstream.depth(QUEUE);
        poison();
        Awaitility.await().atMost(PATIENCE).until(() -> upstream.depth(QUEUE) > before);
        String task = "";

        for (String example : examples()) {
            MatchResult address = ADDRESS.matcher(example).results().findFirst().orElseThrow();
            String path = address.group(1).replace("$TASK", task);
            String method = example.contains(" -d ") || example.contains("-X POST") ? "POST" : "GET";

            String answer = run(example, task);

            contract.check(method, path, contract.success(method, path), answer);
            if (path.equals("/ops/api/tasks") && method.equals("POST")) {
                task = ApiJson.mapper().readTree(answer).path("id").asString();
                // The example after the replay cancels it.
                if (!example.contains("\"replay\"")) {
                    awaitEnd(task);
                }
            } else if (path.endsWith("/cancel")) {
                awaitEnd(task);
            }
        }
    }

    private static List<String> examples() throws IOException {
        String page = Files.readString(Path.of("docs/console.md"));
        return EXAMPLE.matcher(page.substring(page.indexOf("\n## For scripts")))
                .results()
                .map(example -> example.group(1))
                .toList();
    }

    private String run(String example, String task) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", "-e", "-c", example);
        shell.environment().put("OPS", surroundings.managementOrigin());
        shell.environment().put("OPS_USER", "operator:operator");
        shell.environment().put("TASK", task);
        Process process = shell.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as("%s%s", example, output).isZero();
        return output;
    }

    private void awaitEnd(String task) {
        Awaitility.await(task)
                .atMost(PATIENCE)
                .until(() -> json(get("/ops/api/tasks/" + task)).has("endedAt"));
    }

    @Test
    void aLetterConformsToTheOpenApiDocumentAndHasNoAddressForAViewer() {
        int before = upstream.depth(QUEUE);
        poison();
        Awaitility.await().atMost(PATIENCE).until(() -> upstream.depth(QUEUE) > before);
        awaitEnd(json(post("{\"action\":\"scan\",\"queue\":\"%s\"}".formatted(QUEUE)))
                .path("id")
                .asString());

        String letters = "/ops/api/dead-letters/" + QUEUE + "/letters";
        String id = json(get(letters)).path("letters").path(0).path("messageId").asString();
        HttpResponse<String> letter = client.send(
                letters + "/" + id, request -> request.header("Authorization", basic(ConsoleBrowser.VIEWER)));

        contract.check("GET", letters + "/" + id, letter.statusCode(), letter.body());
        assertThat(letter.body()).doesNotContain("ana@example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ops/api/tasks",
                "/ops/api/tasks/00000000-0000-4000-8000-000000000000/cancel",
                "/ops/api/queues/newsletter-deliveries/pause"
            })
    void aViewerActsOnNothing(String path) {
        HttpResponse<String> answer = client.send(
                path,
                request -> request.header("Authorization", basic(ConsoleBrowser.VIEWER))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"action\":\"scan\",\"queue\":\"%s\"}".formatted(QUEUE))));

        contract.check("POST", path, 403, answer.body());
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void refusalsConformToTheOpenApiDocument() {
        HttpResponse<String> anonymous = client.get("/ops/api/tasks");
        contract.check("GET", "/ops/api/tasks", anonymous.statusCode(), anonymous.body());
        assertThat(anonymous.statusCode()).isEqualTo(401);

        HttpResponse<String> misspelt = post("{\"action\":\"scan\",\"queue\":\"%s\",\"rate\":1}".formatted(QUEUE));
        contract.check("POST", "/ops/api/tasks", misspelt.statusCode(), misspelt.body());
        assertThat(json(misspelt).path("detail").asString()).isEqualTo("There is no field rate; known are queue");

        HttpResponse<String> unknown = get("/ops/api/dead-letters/none");
        contract.check("GET", "/ops/api/dead-letters/none", unknown.statusCode(), unknown.body());
        assertThat(unknown.statusCode()).isEqualTo(404);

        HttpResponse<String> nowhere = get("/ops/api/nothing");
        assertThat(nowhere.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /ops/api/queues/newsletter-deliveries/pause | {}
        /ops/api/queues/newsletter-deliveries/pause | {"reason":null}
        /ops/api/queues/newsletter-deliveries/pause | {"reason":" "}
        /ops/api/requests/revoke | {"source":"crm"}
        /ops/api/requests/revoke | {"source":"crm","requestId":""}
        /ops/api/requests/extend | {"source":"crm","requestId":"","until":"2026-12-01T00:00:00Z"}
        /ops/api/tasks | {"action":"replay","queue":"q","selection":{"select":"letters","messageIds":[]}}
        /ops/api/tasks | {"action":"discard","queue":"q","confirm":"q",\
        "selection":{"select":"letters","messageIds":[]}}
        """)
    void aBodyWithoutWhatIsNeededIsRefused(String path, String body) {
        HttpResponse<String> answer = post(path, body);

        contract.check("POST", path, answer.statusCode(), answer.body());
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void anIdThatIsTooLongForAnEventIsRefused() {
        String body = "{\"source\":\"crm\",\"requestId\":\"%s\"}".formatted("x".repeat(257));

        HttpResponse<String> answer = post("/ops/api/requests/revoke", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("detail").asString()).isEqualTo("requestId must have 1 to 256 characters");
    }

    @Test
    void aStoryConformsToTheOpenApiDocument() {
        HttpResponse<String> story = get("/ops/api/requests?source=crm&id=none");

        contract.check("GET", "/ops/api/requests", story.statusCode(), story.body());
        assertThat(story.statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> get(String path) {
        return client.send(path, request -> request.header("Authorization", basic(ConsoleBrowser.OPERATOR)));
    }

    private HttpResponse<String> post(String body) {
        return post("/ops/api/tasks", body);
    }

    private HttpResponse<String> post(String path, String body) {
        return client.send(
                path,
                request -> request.header("Authorization", basic(ConsoleBrowser.OPERATOR))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String basic(String user) {
        return ConsoleClient.basic(user, user);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return ApiJson.mapper().readTree(answer.body());
    }
}
