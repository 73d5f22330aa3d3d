package dev.attache.console.deadletters;

import static dev.attache.console.deadletters.ConsoleFixture.NOW;
import static dev.attache.console.deadletters.ConsoleFixture.VIEWER;
import static dev.attache.console.deadletters.ConsoleFixture.letter;

import dev.attache.deadletters.DeadLetter;
import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Snapshot;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.Task.State;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.Verdicts;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Everything that an operator or a viewer can see of dead letters. */
enum DeadLetterStates {
    OVERVIEW(console -> {
        letters(console);
        replay(console, State.DONE, 412, 412, 405, 7, Map.of("OBJECT_NOT_FOUND", 7L), "");
        return "/ops/dead-letters";
    }),
    QUEUE_NOT_SCANNED(console -> queue()),
    QUEUE(console -> {
        letters(console);
        return queue();
    }),
    QUEUE_IN_USE(console -> {
        letters(console);
        replay(console, State.RUNNING, 412, 120, 100, 3, Map.of(), "");
        return queue();
    }),
    QUEUE_AS_VIEWER(console -> {
        letters(console);
        console.reader = VIEWER;
        return queue();
    }),
    NOTHING_FOUND(console -> {
        letters(console);
        return queue() + "?text=nothing+like+this";
    }),
    LETTER(console -> {
        letters(console);
        return queue() + "/" + letter(0, null, null).messageId();
    }),
    LETTER_MOVED_BY_SQS(console -> {
        letters(console);
        console.tasks.mayEdit = false;
        return queue() + "/" + letter(8, null, null).messageId();
    }),
    LETTER_AS_VIEWER(console -> {
        letters(console);
        console.reader = VIEWER;
        return queue() + "/" + letter(0, null, null).messageId();
    }),
    REPLAY_OF_A_GROUP(console -> {
        letters(console);
        return queue() + "/replay?code=KEY_NOT_ALLOWED&source=crm";
    }),
    REPLAY_OF_ONE(console -> {
        letters(console);
        return queue() + "/replay?letter=" + letter(0, null, null).messageId();
    }),
    REPLAY_OF_NOTHING(console -> {
        letters(console);
        return queue() + "/replay";
    }),
    DRY_RUN(console -> {
        letters(console);
        return queue() + "/dry-run?all=1";
    }),
    DISCARD(console -> {
        letters(console);
        return queue() + "/discard?all=1";
    }),
    EDIT(console -> {
        letters(console);
        return queue() + "/" + letter(0, null, null).messageId() + "/edit";
    }),
    TASK_RUNNING(console -> task(replay(console, State.RUNNING, 412, 120, 100, 3, Map.of("TOO_LARGE", 3L), ""))),
    TASK_WAITING(console -> task(replay(
            console, State.WAITING, 412, 5, 1, 1, Map.of("TOO_LARGE", 1L), "Three outcomes are still to come."))),
    TASK_STOPPED(console -> task(replay(
            console,
            State.STOPPED,
            412,
            5,
            0,
            5,
            Map.of("KEY_NOT_ALLOWED", 5L),
            "The others stay in attachment-requests-dlq."))),
    TASK_DONE(console -> task(replay(console, State.DONE, 412, 412, 412, 0, Map.of(), ""))),
    TASK_CANCELLED_AS_VIEWER(console -> {
        console.reader = VIEWER;
        return task(replay(console, State.CANCELLED, 412, 200, 190, 0, Map.of(), ""));
    }),
    DRY_RUN_DONE(console -> {
        letters(console);
        Task task = console.tasks.add(
                FakeTasks.task(
                        new TaskRequest.DryRun(ConsoleFixture.QUEUE, new Selection.All()), State.DONE, "ana", NOW),
                3,
                3,
                0,
                0,
                Map.of("KEY_NOT_ALLOWED", 1L),
                "");
        console.tasks.verdicts.put(
                task.id(),
                new Verdicts(Map.of(
                        letter(0, null, null).messageId(),
                        new Verdicts.Result(
                                Verdicts.Kind.REJECTED,
                                "KEY_NOT_ALLOWED",
                                "Source crm may not link to key downloads/shop/0.pdf"),
                        letter(1, null, null).messageId(),
                        new Verdicts.Result(Verdicts.Kind.ACCEPTED, null, ""),
                        letter(2, null, null).messageId(),
                        new Verdicts.Result(Verdicts.Kind.UNKNOWN, null, "S3 does not answer"))));
        return task(task);
    });

    private final Function<ConsoleFixture, String> preparation;

    DeadLetterStates(Function<ConsoleFixture, String> preparation) {
        this.preparation = preparation;
    }

    /** Prepares the console, and returns the path of the page. */
    String prepare(ConsoleFixture console) {
        return preparation.apply(console);
    }

    private static String queue() {
        return "/ops/dead-letters/" + ConsoleFixture.QUEUE;
    }

    private static String task(Task task) {
        return "/ops/tasks/" + task.id();
    }

    private static void letters(ConsoleFixture console) {
        List<DeadLetter> letters = Stream.of(
                        IntStream.range(0, 6).mapToObj(number -> letter(number, "KEY_NOT_ALLOWED", "crm")),
                        IntStream.range(6, 8).mapToObj(number -> letter(number, "OBJECT_NOT_FOUND", "shop")),
                        Stream.of(letter(8, null, null)))
                .flatMap(it -> it)
                .toList();
        console.tasks.snapshots.put(
                ConsoleFixture.QUEUE, new Snapshot(ConsoleFixture.QUEUE, NOW.minusSeconds(60), 12, 3, true, letters));
    }

    private static Task replay(
            ConsoleFixture console,
            State state,
            long total,
            long done,
            long handled,
            long rejected,
            Map<String, Long> codes,
            String note) {
        TaskRequest replay =
                new TaskRequest.Replay(ConsoleFixture.QUEUE, new Selection.OfGroup("KEY_NOT_ALLOWED", "crm"), 10, true);
        return console.tasks.add(
                FakeTasks.task(replay, state, "ana", NOW.minusSeconds(40)),
                total,
                done,
                handled,
                rejected,
                codes,
                note);
    }
}
