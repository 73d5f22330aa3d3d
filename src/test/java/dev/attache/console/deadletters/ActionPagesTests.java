package dev.attache.console.deadletters;

import static dev.attache.console.deadletters.ConsoleFixture.NOW;
import static dev.attache.console.deadletters.ConsoleFixture.QUEUE;
import static dev.attache.console.deadletters.ConsoleFixture.VIEWER;
import static dev.attache.console.deadletters.ConsoleFixture.letter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.attache.audit.AuditEntry;
import dev.attache.console.Operator;
import dev.attache.deadletters.DeadLetter;
import dev.attache.deadletters.LeaseHeldException;
import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskFailedException;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.Verdicts;
import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletResponse;

/** Each action states what it will do, is recorded before it is done, and needs an operator. */
class ActionPagesTests {

    private static final String PATH = "/ops/dead-letters/" + QUEUE;

    private final ConsoleFixture console = new ConsoleFixture();

    @BeforeEach
    void scan() {
        console.scanned(letter(0, "TOO_LARGE", "crm"), letter(1, "TOO_LARGE", "crm"), letter(2, "MALFORMED", "crm"));
    }

    @Test
    void aReplayOfAGroupIsConfirmedRecordedAndStarted() {
        assertThat(content(console.answer(get(PATH + "/replay?code=TOO_LARGE&source=crm"))))
                .contains("the letters with TOO_LARGE of crm", "2 letters", "Letters that came after the scan and fit")
                .contains("name=\"code\" value=\"TOO_LARGE\"", "name=\"source\" value=\"crm\"", "value=\"10\"");

        MockHttpServletResponse answer = console.answer(post(PATH + "/replay")
                .param("code", "TOO_LARGE")
                .param("source", "crm")
                .param("perSecond", "0.5")
                .param("canary", "true"));

        Task task = console.tasks.tasks.getFirst();
        assertThat(answer.getStatus()).isEqualTo(303);
        assertThat(answer.getHeader("Location")).isEqualTo("/ops/tasks/" + task.id());
        assertThat(task.request())
                .isEqualTo(new TaskRequest.Replay(QUEUE, new Selection.OfGroup("TOO_LARGE", "crm"), 0.5, true));
        assertThat(console.audited)
                .containsExactly(new AuditEntry(
                        NOW,
                        "ana",
                        "dead-letters.replay",
                        QUEUE,
                        2L,
                        Map.of("selection", "TOO_LARGE of crm", "rate", "0.5/s", "canary", "true")));
    }

    @Test
    void selectedLettersAreReplayedWithoutCanaryUnlessThereAreMoreThanFive() {
        String two = PATH + "/replay?letter=" + letter(0, null, null).messageId() + "&letter="
                + letter(1, null, null).messageId();
        assertThat(content(console.answer(get(two)))).contains("2 letters").doesNotContain("checked");

        console.scanned(IntStream.range(0, 6)
                .mapToObj(number -> letter(number, "TOO_LARGE", "crm"))
                .toArray(DeadLetter[]::new));
        assertThat(content(console.answer(get(PATH + "/replay?all=1")))).contains("checked=\"checked\"");
    }

    @Test
    void theLettersThatADryRunAcceptedCanBeReplayed() {
        UUID dryRun = ConsoleFixture.id(1);
        String accepted = letter(0, null, null).messageId();
        console.tasks.verdicts.put(
                dryRun,
                new Verdicts(Map.of(
                        accepted,
                        new Verdicts.Result(Verdicts.Kind.ACCEPTED, null, ""),
                        letter(1, null, null).messageId(),
                        new Verdicts.Result(Verdicts.Kind.REJECTED, "TOO_LARGE", "still"))));

        console.answer(
                post(PATH + "/replay").param("accepted", dryRun.toString()).param("perSecond", "10"));

        assertThat(console.tasks.tasks.getFirst().request())
                .isEqualTo(new TaskRequest.Replay(QUEUE, new Selection.Letters(Set.of(accepted)), 10, false));
    }

    @Test
    void aDiscardNeedsTheNameOfTheQueue() {
        assertThat(content(console.answer(get(PATH + "/discard?all=1"))))
                .contains("3 letters", "Letters that came after the scan are kept.")
                .doesNotContain("are included");
        MockHttpServletResponse wrong =
                console.answer(post(PATH + "/discard").param("all", "1").param("confirm", "attachment-requests"));

        assertThat(wrong.getStatus()).isEqualTo(400);
        assertThat(content(wrong)).contains("Nothing was deleted: the typed name is not the name of the queue.");
        assertThat(console.tasks.tasks).isEmpty();

        console.answer(post(PATH + "/discard").param("all", "1").param("confirm", QUEUE));
        assertThat(console.tasks.tasks.getFirst().request())
                .isEqualTo(new TaskRequest.Discard(QUEUE, new Selection.All()));
        assertThat(console.audited).extracting(AuditEntry::count).containsExactly(3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "-1", "100000", "NaN"})
    void aRateThatIsNoneIsRefused(String rate) {
        MockHttpServletResponse answer =
                console.answer(post(PATH + "/replay").param("all", "1").param("perSecond", rate));

        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(content(answer)).contains("The rate is");
        assertThat(console.tasks.tasks).isEmpty();
        assertThat(console.audited).isEmpty();
    }

    @Test
    void withoutSelectionNothingIsStarted() {
        assertThat(content(console.answer(get(PATH + "/replay")))).contains("No letter is selected", "disabled");
        assertThat(console.answer(post(PATH + "/replay").param("perSecond", "10"))
                        .getStatus())
                .isEqualTo(400);
        assertThat(console.tasks.tasks).isEmpty();
    }

    @Test
    void theSecondOperatorIsToldWhoHasTheQueueAndSinceWhen() {
        console.answer(post(PATH + "/scan"));
        console.reader = new Operator("bob", true);

        MockHttpServletResponse answer = console.answer(post(PATH + "/dry-run").param("all", "1"));

        assertThat(answer.getStatus()).isEqualTo(409);
        assertThat(content(answer)).contains("is used by a task that ana started at 2026-11-27T10:31:00Z");
        assertThat(console.audited).extracting(AuditEntry::actor).containsExactly("ana");
    }

    /** Both found no task, and one of them took the lease. */
    @Test
    void whoeverComesSecondAtTheSameTimeIsRecordedAsRefused() {
        console.tasks.raced = new LeaseHeldException(QUEUE, "bob", ConsoleFixture.id(7), NOW);

        assertThat(console.answer(post(PATH + "/dry-run").param("all", "1")).getStatus())
                .isEqualTo(409);
        assertThat(console.audited)
                .extracting(AuditEntry::action)
                .containsExactly("dead-letters.dry-run", "dead-letters.dry-run.refused");
    }

    @Test
    void whatCannotBeRecordedIsNotDone() {
        console.auditUnavailable = true;

        assertThat(console.answer(post(PATH + "/scan")).getStatus()).isEqualTo(503);
        assertThat(console.answer(post(PATH + "/discard").param("all", "1").param("confirm", QUEUE))
                        .getStatus())
                .isEqualTo(503);
        assertThat(console.tasks.tasks).isEmpty();
    }

    @Test
    void aTaskIsCancelledAndRecorded() {
        console.answer(post(PATH + "/scan"));
        UUID task = console.tasks.tasks.getFirst().id();

        assertThat(console.answer(post("/ops/tasks/" + task + "/cancel")).getHeader("Location"))
                .isEqualTo("/ops/tasks/" + task);

        assertThat(console.tasks.tasks.getFirst().state()).isEqualTo(Task.State.CANCELLED);
        assertThat(console.audited.getLast().action()).isEqualTo("dead-letters.cancel");
        assertThat(console.audited.getLast().details()).containsEntry("task", task.toString());
    }

    @Test
    void anEditedLetterIsSentWithTheTextOfTheOperator() {
        String path = PATH + "/" + letter(2, null, null).messageId() + "/edit";
        assertThat(content(console.answer(get(path))))
                .contains("new event id", "The original letter stays", "maria2@example.com");

        console.answer(post(path).param("body", "{\"edited\":true}"));

        assertThat(console.tasks.tasks.getFirst().request())
                .isEqualTo(new TaskRequest.Edit(QUEUE, letter(2, null, null).messageId(), "{\"edited\":true}"));
        assertThat(console.audited.getFirst().details()).doesNotContainValue("{\"edited\":true}");
    }

    /** A letter of whose body the snapshot has only the beginning. */
    private static DeadLetter partial() {
        return new DeadLetter(
                QUEUE,
                letter(2, "MALFORMED", "crm").messageId(),
                "MALFORMED",
                "Reason",
                "crm",
                null,
                null,
                null,
                "attachment-requests",
                1,
                NOW,
                NOW,
                NOW,
                true,
                null,
                null,
                Map.of(),
                "{\"begin",
                false,
                9000);
    }

    @Test
    void aBodyThatTheSnapshotLacksIsReceivedAnewForItsEditor() {
        DeadLetter partial = partial();
        console.scanned(partial);

        assertThat(content(console.answer(get(PATH + "/" + partial.messageId() + "/edit"))))
                .contains("{&quot;received&quot;:&quot;anew&quot;}")
                .doesNotContain("begin");
    }

    @Test
    void aBodyThatCannotBeReceivedAnewIsNotEditedAndThePageSaysWhy() {
        DeadLetter partial = partial();
        console.scanned(partial);
        console.tasks.bodyProblem = new TaskFailedException(
                "allow sqs:ReceiveMessage on " + QUEUE + ", as infra/policies/console.json does") {};

        MockHttpServletResponse answer = console.answer(get(PATH + "/" + partial.messageId() + "/edit"));

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(content(answer)).contains("infra/policies/console.json", "disabled");
    }

    @Test
    void editingThatIsTurnedOffSaysWhichSettingTurnsItOn() {
        console.tasks.mayEdit = false;

        assertThat(content(console.answer(get(PATH + "/" + letter(2, null, null).messageId() + "/edit"))))
                .contains("The setting attache.dead-letters.edit turns it on", "disabled")
                .doesNotContain("maria2@example.com");
    }

    @Test
    void aLetterThatIsNotThereOrMayNotBeEditedIsNotSent() {
        assertThat(console.answer(post(PATH + "/none/edit").param("body", "{}")).getStatus())
                .isEqualTo(404);
        console.tasks.mayEdit = false;
        assertThat(console.answer(post(PATH + "/" + letter(2, null, null).messageId() + "/edit")
                                .param("body", "{}"))
                        .getStatus())
                .isEqualTo(400);

        assertThat(console.tasks.tasks).isEmpty();
        assertThat(console.audited).isEmpty();
    }

    @Test
    void aViewerReachesNoStepBeforeAnAction() {
        console.reader = VIEWER;

        for (String step : List.of(
                "/replay?all=1",
                "/discard?all=1",
                "/dry-run?all=1",
                "/" + letter(0, null, null).messageId() + "/edit")) {
            assertThat(console.answer(get(PATH + step)).getStatus()).as(step).isEqualTo(403);
        }
    }

    private static String content(MockHttpServletResponse answer) {
        try {
            return answer.getContentAsString();
        } catch (UnsupportedEncodingException e) {
            throw new AssertionError(e);
        }
    }
}
