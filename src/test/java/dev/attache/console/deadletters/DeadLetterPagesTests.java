package dev.attache.console.deadletters;

import static dev.attache.console.deadletters.ConsoleFixture.NOW;
import static dev.attache.console.deadletters.ConsoleFixture.QUEUE;
import static dev.attache.console.deadletters.ConsoleFixture.VIEWER;
import static dev.attache.console.deadletters.ConsoleFixture.letter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.attache.contract.value.RejectionCode;
import dev.attache.deadletters.DeadLetter;
import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Snapshot;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockHttpServletResponse;

/** What the pages about dead letters say. */
class DeadLetterPagesTests {

    private static final String PATH = "/ops/dead-letters/" + QUEUE;

    private final ConsoleFixture console = new ConsoleFixture();

    @Test
    void theOverviewListsEachQueueWithItsDepthAndFirstDeletion() {
        console.scanned(letter(0, "TOO_LARGE", "crm"), letter(1, null, null));

        assertThat(text("/ops/dead-letters"))
                .contains("attachment-requests-dlq 2 0 2 found, 27 Nov 2026, 10:30:00 in 4 h 59 min")
                .contains("purchases-completed-dlq 0 0 never –");
    }

    @Test
    void aQueueThatWasNotScannedOffersAScanOnly() {
        assertThat(text(PATH)).contains("This queue has not been scanned yet").doesNotContain("Groups");
    }

    @Test
    void aSnapshotSaysHowManyOfAboutHowManyLettersItFoundAndWhen() {
        console.tasks.snapshots.put(
                QUEUE, new Snapshot(QUEUE, NOW, 12_400, 3, false, List.of(letter(0, "TOO_LARGE", "crm"))));

        assertThat(text(PATH))
                .contains("1 of about 12,400 letters at 27 Nov 2026, 10:31:00.")
                .contains("3 were in flight, so hidden from the scan.")
                .contains("The scan ended at its limit.");
    }

    @Test
    void lettersAreGroupedByCodeAndSource() {
        console.scanned(
                letter(0, "TOO_LARGE", "crm"),
                letter(1, "TOO_LARGE", "crm"),
                letter(2, "TOO_LARGE", "shop"),
                letter(3, null, null));

        assertThat(text(PATH))
                .contains("TOO_LARGE crm 2 27 Nov 2026, 10:29:00 27 Nov 2026, 10:30:00")
                .contains("TOO_LARGE shop 1")
                .contains("NONE unknown 1");
    }

    @Test
    void aSearchKeepsItsTermsAndItsResultOnTheNextPage() {
        console.scanned(IntStream.range(0, 51)
                .mapToObj(number -> letter(number, "TOO_LARGE", "crm"))
                .toArray(DeadLetter[]::new));

        String first = html(PATH + "?text=request-&code=TOO_LARGE");

        assertThat(first)
                .contains("51 letters found")
                .contains("Page 1 of 2")
                .contains("?text=request-&amp;code=TOO_LARGE&amp;source=&amp;page=2");
        assertThat(html(PATH + "?text=request-&code=TOO_LARGE&page=2")).contains("Page 2 of 2");
        assertThat(html(PATH + "?text=request-50")).contains("1 letter found");
        assertThat(html(PATH + "?source=shop")).contains("0 letters found");
    }

    /** Otherwise a search would tell whether a letter contains an address. */
    @Test
    void aViewerDoesNotFindWhatIsMasked() {
        console.scanned(letter(0, "TOO_LARGE", "crm"));

        assertThat(html(PATH + "?text=maria0@example")).contains("1 letter found");
        console.reader = VIEWER;
        assertThat(html(PATH + "?text=maria0@example")).contains("0 letters found");
    }

    @Test
    void aLetterSaysWhatItsCodeMeansAndWhatToDo() {
        console.scanned(letter(0, "KEY_NOT_ALLOWED", "crm"));

        assertThat(text(PATH + "/" + letter(0, null, null).messageId()))
                .contains("KEY_NOT_ALLOWED Source crm may not link to key downloads/shop/0.pdf")
                .contains("The source may not link to this bucket or key. If it should be allowed, add the prefix")
                .contains("Deleted by SQS in 4 h 59 min")
                .contains("Told upstream request.rejected rejected-0")
                .contains("maria0@example.com");
    }

    @Test
    void aLetterThatSqsMovedIsShownWithoutCode() {
        console.scanned(letter(0, null, null));

        assertThat(text(PATH + "/" + letter(0, null, null).messageId()))
                .contains("No code Moved by SQS: no reason was written.")
                .contains("Told upstream Not yet.");
    }

    @Test
    void aViewerSeesMaskedAddressesAndNoUsableAction() {
        console.scanned(letter(0, "KEY_NOT_ALLOWED", "crm"));
        console.reader = VIEWER;

        for (String path : List.of(PATH, PATH + "/" + letter(0, null, null).messageId())) {
            String html = html(path);
            assertThat(html).contains("You are signed in as a viewer. Only operators can act.");
            assertThat(html).doesNotContain("/replay?", "/discard?", "/dry-run?", "/edit\"", "type=\"checkbox\"");
            assertThat(html).doesNotContain("maria0@");
        }
    }

    @Test
    void aLeaseIsShownWithItsHolderAndTime() {
        console.scanned(letter(0, "KEY_NOT_ALLOWED", "crm"));
        console.tasks.tasks.add(
                FakeTasks.task(new TaskRequest.Scan(QUEUE), Task.State.RUNNING, "bob", NOW.minusSeconds(60)));

        assertThat(text(PATH))
                .contains("Scan by bob since 27 Nov 2026, 10:30:00")
                .contains("bob has started a task on this queue. Wait until it has ended, or cancel it.");
    }

    @Test
    void thePageIsLoadedAgainWhenItsTaskHasEnded() {
        Task scan = FakeTasks.task(new TaskRequest.Scan(QUEUE), Task.State.RUNNING, "bob", NOW);
        console.tasks.tasks.add(scan);
        assertThat(answer(PATH + "/status").getHeader("HX-Refresh")).isNull();

        console.tasks.tasks.clear();

        assertThat(answer(PATH + "/status").getHeader("HX-Refresh")).isEqualTo("true");
    }

    @Test
    void anUnknownQueueAndAnUnknownLetterAreNotFound() {
        console.scanned();

        assertThat(answer("/ops/dead-letters/attachment-requests").getStatus()).isEqualTo(404);
        assertThat(answer(PATH + "/none").getStatus()).isEqualTo(404);
    }

    @Test
    void htmlInALetterIsText() {
        console.scanned(letter(0, "<b>", "<i>"));

        assertThat(html(PATH))
                .contains("&lt;b&gt;", "?code=%3Cb%3E&amp;source=%3Ci%3E")
                .doesNotContain("<b>", "<i>");
    }

    @ParameterizedTest
    @EnumSource
    void everyCodeIsExplained(RejectionCode code) {
        CodeAdvice advice = CodeAdvice.of(code.name());

        assertThat(advice.meaning())
                .endsWith(".")
                .isNotEqualTo(CodeAdvice.of("other").meaning());
        assertThat(advice.advice()).endsWith(".");
    }

    @Test
    void aTaskShowsProgressAndOutcomesByCode() {
        Task task = console.tasks.add(
                FakeTasks.task(
                        new TaskRequest.Replay(QUEUE, new Selection.All(), 10, true), Task.State.STOPPED, "ana", NOW),
                400,
                5,
                0,
                5,
                Map.of("KEY_NOT_ALLOWED", 5L),
                "");

        assertThat(text("/ops/tasks/" + task.id()))
                .contains("Replay of all letters")
                .contains("Stopped by itself: the first letters were rejected again. 5 letters sent")
                .contains("5 of 400 sent")
                .contains("Rejected again 5")
                .contains("KEY_NOT_ALLOWED 5")
                .doesNotContain("Cancel");
        assertThat(answer("/ops/tasks/" + task.id() + "/progress").getStatus()).isEqualTo(286);
    }

    @Test
    void aTaskBelongsToDeadLettersInTheNavigation() throws UnsupportedEncodingException {
        Task scan = FakeTasks.task(new TaskRequest.Scan(QUEUE), Task.State.DONE, "ana", NOW);
        console.tasks.tasks.add(scan);

        assertThat(answer("/ops/tasks/" + scan.id()).getContentAsString())
                .contains("<a href=\"/ops/dead-letters\" aria-current=\"page\">Dead letters</a>");
    }

    @Test
    void theNumbersOfAReplayAreReadUntilTheLastOutcomeHasArrived() {
        TaskRequest all = new TaskRequest.Replay(QUEUE, new Selection.All(), 10, true);
        Task open = console.tasks.add(FakeTasks.task(all, Task.State.DONE, "ana", NOW), 5, 5, 4, 0, Map.of(), "");
        assertThat(answer("/ops/tasks/" + open.id() + "/progress").getStatus()).isEqualTo(200);

        Task lost = FakeTasks.task(all, Task.State.DONE, "ana", NOW.minus(Duration.ofMinutes(15)));
        console.tasks.tasks.clear();
        console.tasks.add(lost, 5, 5, 4, 0, Map.of(), "");
        assertThat(answer("/ops/tasks/" + lost.id() + "/progress").getStatus()).isEqualTo(286);
    }

    private MockHttpServletResponse answer(String path) {
        return console.answer(get(URI.create(path)));
    }

    private String html(String path) {
        MockHttpServletResponse answer = answer(path);
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        try {
            String html = answer.getContentAsString();
            return html.substring(html.indexOf("<main"));
        } catch (UnsupportedEncodingException e) {
            throw new AssertionError(e);
        }
    }

    /** The text of the page, each run of white space as one space. */
    private String text(String path) {
        return html(path)
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .replaceAll(" ([.,])", "$1")
                .replace("&quot;", "\"");
    }
}
