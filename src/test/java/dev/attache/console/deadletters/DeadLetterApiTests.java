package dev.attache.console.deadletters;

import static dev.attache.console.deadletters.ConsoleFixture.QUEUE;
import static dev.attache.console.deadletters.ConsoleFixture.VIEWER;
import static dev.attache.console.deadletters.ConsoleFixture.letter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.attache.console.api.ApiJson;
import dev.attache.console.api.ApiProblem;
import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.Verdicts;
import java.io.UnsupportedEncodingException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;

/** Dead letters and tasks as JSON. */
class DeadLetterApiTests {

    private static final String LETTERS = "/ops/api/dead-letters/" + QUEUE;

    private final ConsoleFixture console = new ConsoleFixture();

    @BeforeEach
    void scan() {
        console.scanned(letter(0, "TOO_LARGE", "crm"), letter(1, "TOO_LARGE", "shop"), letter(2, null, null));
    }

    @Test
    void queuesAreListedWithTheirLastScan() {
        JsonNode queues = json(console.answer(get("/ops/api/dead-letters"))).get("queues");

        assertThat(queues.get(0).toString()).isEqualTo("""
            {"queue":"attachment-requests-dlq","source":"attachment-requests","visible":3,"inFlight":0,\
            "retention":"PT336H","snapshot":{"at":"2026-11-27T10:30:00Z","letters":3,"about":3,"inFlight":0,\
            "complete":true,"nextDeleted":"2026-11-27T15:30:00Z"}}\
            """);
        assertThat(queues.get(1).has("snapshot")).isFalse();
    }

    @Test
    void groupsAndLettersAreListed() {
        assertThat(json(console.answer(get(LETTERS + "/groups")))
                        .get("groups")
                        .get(0)
                        .toString())
                .isEqualTo("""
                    {"code":"NONE","source":"unknown","count":1,"first":"2026-11-27T10:28:00Z","last":"2026-11-27T10:28:00Z",\
                    "nextDeleted":"2026-12-10T10:28:00Z"}\
                    """);

        JsonNode letters = json(console.answer(get(LETTERS + "/letters?code=TOO_LARGE&limit=1")));
        assertThat(letters.get("found").asInt()).isEqualTo(2);
        assertThat(letters.get("letters").get(0).get("requestId").asString()).isEqualTo("request-0");
        JsonNode next = json(console.answer(get(LETTERS + "/letters?code=TOO_LARGE&limit=1&after="
                + letters.get("next").asString())));
        assertThat(next.get("letters").get(0).get("requestId").asString()).isEqualTo("request-1");
        assertThat(next.has("next")).isFalse();
    }

    @Test
    void aViewerReadsMaskedAddresses() {
        console.reader = VIEWER;

        assertThat(json(console.answer(get(
                                LETTERS + "/letters/" + letter(0, null, null).messageId())))
                        .get("excerpt")
                        .asString())
                .contains("m…@example.com");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"action":"scan","queue":"%s"}                                                | scan
        {"action":"replay","queue":"%s","selection":{"select":"all"}}                  | replay
        {"action":"dry-run","queue":"%s","selection":{"select":"group","code":"TOO_LARGE","source":"crm"}} | dry-run
        {"action":"discard","queue":"%s","selection":{"select":"letters","messageIds":["a"]},"confirm":"%1$s"} | discard
        {"action":"edit","queue":"%s","messageId":"a","body":"{}"}                     | edit
        """)
    void aTaskIsStarted(String body, String action) {
        MockHttpServletResponse answer = start(body.formatted(QUEUE));

        assertThat(answer.getStatus()).isEqualTo(202);
        Task task = console.tasks.tasks.getFirst();
        assertThat(answer.getHeader("Location")).isEqualTo("/ops/api/tasks/" + task.id());
        assertThat(json(answer).get("action").asString()).isEqualTo(action);
        assertThat(json(answer).get("state").asString()).isEqualTo("RUNNING");
        assertThat(console.audited.getFirst().action()).isEqualTo("dead-letters." + action);
    }

    @Test
    void aReplayHasSafeDefaults() {
        start("""
            {"action":"replay","queue":"%s","selection":{"select":"letters","messageIds":["a"]}}\
            """.formatted(QUEUE));

        assertThat(console.tasks.tasks.getFirst().request())
                .isEqualTo(new TaskRequest.Replay(QUEUE, new Selection.Letters(Set.of("a")), 10, true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"action":"scan"}                                                            | BAD_REQUEST | The field queue is missing
        {"action":"scan","queue":"none"}                                             | NOT_FOUND   | There is no dead-letter queue with this name; /ops/api/dead-letters lists all
        {"action":"replay","queue":"%s"}                                             | BAD_REQUEST | The field selection is missing
        {"action":"replay","queue":"%s","selection":{"select":"all"},"rate":5}       | BAD_REQUEST | There is no field rate; known are canary, perSecond, queue, selection
        {"action":"replay","queue":"%s","selection":{"select":"all"},"perSecond":0}  | BAD_REQUEST | The rate is 0.0 letters per second, but must be more than 0 and at most 10,000
        {"action":"replay","queue":"%s","selection":{"select":"some"}}               | BAD_REQUEST | The kind of selection is missing or unknown
        {"action":"discard","queue":"%s","selection":{"select":"all"},"confirm":"a"} | BAD_REQUEST | confirm is not the name of the queue, so nothing was deleted
        """)
    void aTaskThatIsNotClearIsRefused(String body, ApiProblem problem, String detail) {
        assertProblem(start(body.formatted(QUEUE)), problem, detail);
        assertThat(console.tasks.tasks).isEmpty();
        assertThat(console.audited).isEmpty();
    }

    @Test
    void theSecondTaskOfAQueueIsRefusedWithTheNameOfTheHolder() {
        start("{\"action\":\"scan\",\"queue\":\"%s\"}".formatted(QUEUE));
        UUID first = console.tasks.tasks.getFirst().id();

        assertProblem(
                start("{\"action\":\"scan\",\"queue\":\"%s\"}".formatted(QUEUE)),
                ApiProblem.TASK_RUNNING,
                "ana has started task %s at 2026-11-27T10:31:00Z".formatted(first));
    }

    @Test
    void editingThatIsTurnedOffNamesTheSetting() {
        console.tasks.mayEdit = false;

        assertProblem(
                start("{\"action\":\"edit\",\"queue\":\"%s\",\"messageId\":\"a\",\"body\":\"{}\"}".formatted(QUEUE)),
                ApiProblem.TURNED_OFF,
                "attache.dead-letters.edit is false");
    }

    @Test
    void aTaskIsFoundListedAndCancelled() {
        start("{\"action\":\"scan\",\"queue\":\"%s\"}".formatted(QUEUE));
        String path = "/ops/api/tasks/" + console.tasks.tasks.getFirst().id();

        assertThat(json(console.answer(get(path))).get("by").asString()).isEqualTo("ana");
        assertThat(json(console.answer(get("/ops/api/tasks?queue=" + QUEUE)))
                        .get("tasks")
                        .size())
                .isEqualTo(1);
        assertThat(json(console.answer(post(path + "/cancel"))).get("state").asString())
                .isEqualTo("CANCELLED");
        assertProblem(
                console.answer(get("/ops/api/tasks/" + ConsoleFixture.id(4))),
                ApiProblem.NOT_FOUND,
                "There is no task with this id; /ops/api/tasks lists the latest");
        assertProblem(console.answer(get("/ops/api/tasks/four")), ApiProblem.BAD_REQUEST, "id is no valid UUID");
    }

    @Test
    void theResultsOfADryRunAreListed() {
        start("{\"action\":\"dry-run\",\"queue\":\"%s\",\"selection\":{\"select\":\"all\"}}".formatted(QUEUE));
        UUID task = console.tasks.tasks.getFirst().id();
        console.tasks.verdicts.put(
                task,
                new Verdicts(Map.of(
                        "a",
                        new Verdicts.Result(Verdicts.Kind.REJECTED, "TOO_LARGE", "still"),
                        "b",
                        new Verdicts.Result(Verdicts.Kind.ACCEPTED, null, ""))));

        assertThat(json(console.answer(get("/ops/api/tasks/" + task + "/results")))
                        .toString())
                .isEqualTo("""
                    {"results":[{"messageId":"a","verdict":"REJECTED","code":"TOO_LARGE","text":"still"},\
                    {"messageId":"b","verdict":"ACCEPTED","text":""}]}\
                    """);
    }

    @Test
    void whatNeedsAScanSaysSo() {
        assertProblem(
                console.answer(get("/ops/api/dead-letters/" + ConsoleFixture.OTHER + "/groups")),
                ApiProblem.SCAN_REQUIRED,
                "purchases-completed-dlq has not been scanned yet");
    }

    private MockHttpServletResponse start(String body) {
        return console.answer(
                post("/ops/api/tasks").contentType(MediaType.APPLICATION_JSON).content(body));
    }

    private static void assertProblem(MockHttpServletResponse answer, ApiProblem problem, String detail) {
        assertThat(json(answer).toString()).isEqualTo(ApiJson.mapper().writeValueAsString(problem.document(detail)));
        assertThat(answer.getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        assertThat(answer.getStatus()).isEqualTo(problem.status().value());
    }

    private static JsonNode json(MockHttpServletResponse answer) {
        try {
            return ApiJson.mapper().readTree(answer.getContentAsString());
        } catch (UnsupportedEncodingException e) {
            throw new AssertionError(e);
        }
    }
}
