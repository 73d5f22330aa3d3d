package dev.attache.deadletters.redrive;

import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.Verdicts;
import dev.attache.deadletters.Verdicts.Kind;
import dev.attache.deadletters.Verdicts.Result;
import dev.attache.deadletters.dryrun.AcceptanceChecks;
import dev.attache.deadletters.dryrun.Verdict;
import dev.attache.deadletters.tasks.TaskRun;
import dev.attache.deadletters.tasks.VerdictStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Checks which letters would be accepted today. The letters are given back. */
final class DryRun {

    /** Checks wait for S3. */
    private static final int CONCURRENT = 8;

    private final RedriveContext context;

    private final Supplier<AcceptanceChecks> checks;

    private final VerdictStore store;

    /** @param checks is called when there is something to check */
    DryRun(RedriveContext context, Supplier<AcceptanceChecks> checks, VerdictStore store) {
        this.context = context;
        this.checks = checks;
        this.store = store;
    }

    /** @return how the task ended; empty if it has not, because it is to end early */
    Optional<Task.State> run(TaskRun run, TaskRequest.DryRun request) {
        SelectedLetters selected = new SelectedLetters(context, run, request.selection());
        Map<String, Result> results = new ConcurrentHashMap<>();
        if (run.isResumed()) {
            // Letters are checked again: a dry run has no side effects.
            run.done(-run.done());
        }
        Optional<Task.State> end =
                selected.handle(run, context.pass(run), letters -> check(run, selected, letters, results));
        end.ifPresent(any -> store.put(run.id(), new Verdicts(results)));
        return end;
    }

    private void check(TaskRun run, SelectedLetters selected, List<Message> letters, Map<String, Result> results) {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(CONCURRENT, Thread.ofVirtual().factory())) {
            letters.forEach(letter -> threads.execute(() -> {
                if (!run.isEnding()) {
                    Result result = check(selected, letter);
                    results.put(letter.messageId(), result);
                    count(run, result);
                }
            }));
        }
    }

    private static void count(TaskRun run, Result result) {
        run.done(1);
        String code = result.code();
        if (code != null) {
            run.code(code);
        }
    }

    private Result check(SelectedLetters selected, Message letter) {
        Optional<String> queue = context.reader().sourceQueue(selected.queue(), letter);
        return queue.map(source -> result(checks.get().check(source, letter.body(), texts(letter), sender(letter))))
                .orElseGet(() -> new Result(Kind.UNKNOWN, null, "The letter does not state the queue it came from"));
    }

    private static Result result(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> new Result(Kind.ACCEPTED, null, accepted.note());
            case Verdict.Rejected rejected -> new Result(Kind.REJECTED, rejected.code(), rejected.reason());
            case Verdict.Unknown unknown -> new Result(Kind.UNKNOWN, null, unknown.why());
        };
    }

    private static @Nullable String sender(Message letter) {
        return letter.attributes().get(MessageSystemAttributeName.SENDER_ID);
    }

    private static Map<String, String> texts(Message letter) {
        return letter.messageAttributes().entrySet().stream()
                .filter(attribute -> attribute.getValue().stringValue() != null)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, attribute -> attribute.getValue().stringValue()));
    }
}
