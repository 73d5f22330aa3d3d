package dev.attache.deadletters.redrive;

import dev.attache.deadletters.DeadLetterQueue;
import dev.attache.deadletters.redrive.BatchSender.Answer;
import dev.attache.deadletters.redrive.BatchSender.Batch;
import dev.attache.deadletters.redrive.ConsoleQueues.EntryFailure;
import dev.attache.deadletters.redrive.ConsoleQueues.Outgoing;
import dev.attache.deadletters.tasks.TaskRun;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Sends letters to the queues that they came from, and then deletes them. An instance that crashes in between leaves a
 * letter that is sent again, with the same event id. The letters that cannot be sent stay in the dead-letter queue.
 */
final class LetterSender {

    /** Less than the 256 KiB that a batch may have in emulators; a larger message is sent alone. */
    private static final int BATCH_BYTES = 200_000;

    private final RedriveContext context;

    private final DeadLetterQueue queue;

    private final LetterPass pass;

    private final Pace pace;

    private final BatchSender batches;

    private final TaskRun run;

    private final Set<String> untracked = ConcurrentHashMap.newKeySet();

    private final Set<String> undeleted = ConcurrentHashMap.newKeySet();

    LetterSender(RedriveContext context, DeadLetterQueue queue, LetterPass pass, Pace pace, TaskRun run) {
        this.context = context;
        this.queue = queue;
        this.pass = pass;
        this.pace = pace;
        this.batches = new BatchSender(context, run);
        this.run = run;
    }

    /**
     * Sends letters, several batches at the same time. Stops between two batches if the task is to end.
     *
     * @return the ids of those that were sent
     * @throws QueueCallException if SQS refuses the calls
     */
    Set<String> send(List<Message> letters) {
        Set<String> sent = ConcurrentHashMap.newKeySet();
        List<Future<?>> batches = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            batches(letters).forEach(batch -> batches.add(threads.submit(() -> sent.addAll(send(batch)))));
        }
        for (Future<?> batch : batches) {
            requireDone(batch);
        }
        return sent;
    }

    private static void requireDone(Future<?> batch) {
        try {
            batch.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("Letters could not be sent", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Batch> batches(List<Message> letters) {
        Map<String, List<Message>> bySource = new LinkedHashMap<>();
        for (Message letter : letters) {
            String source = context.reader().sourceQueue(queue, letter).orElse("");
            if (context.isInput(source)) {
                bySource.computeIfAbsent(source, any -> new ArrayList<>()).add(letter);
            } else {
                run.failed(1);
                run.note(
                        "source",
                        source.isEmpty()
                                ? "Letters do not state the queue that they came from, and were not sent"
                                : "Letters came from %s, which is no queue of this installation, and were not sent"
                                        .formatted(source));
            }
        }
        List<Batch> batches = new ArrayList<>();
        bySource.forEach((source, all) -> batches.addAll(batches(source, all)));
        return batches;
    }

    private List<Batch> batches(String source, List<Message> letters) {
        List<Batch> batches = new ArrayList<>();
        List<Message> current = new ArrayList<>();
        long bytes = 0;
        for (Message letter : letters) {
            int size = letter.body().getBytes(StandardCharsets.UTF_8).length;
            if (!current.isEmpty() && (current.size() == pace.batch() || bytes + size > BATCH_BYTES)) {
                batches.add(new Batch(source, List.copyOf(current)));
                current.clear();
                bytes = 0;
            }
            current.add(letter);
            bytes += size;
        }
        if (!current.isEmpty()) {
            batches.add(new Batch(source, List.copyOf(current)));
        }
        return batches;
    }

    private Set<String> send(Batch batch) {
        if (!run.pause(pace.reserve(batch.letters().size()))) {
            return Set.of();
        }
        List<Outgoing> outgoing = batch.letters().stream()
                .map(letter -> new Outgoing(
                        letter.messageId(), letter.body(), context.attributes().of(letter, batch.source(), run.id())))
                .toList();
        outgoing.stream()
                .filter(message -> !context.attributes().isTracked(message.attributes()))
                .forEach(message -> untracked.add(message.id()));
        Answer answer = batches.send(batch, outgoing);
        untracked.addAll(answer.untracked());
        Map<String, EntryFailure> failures = answer.failures();
        List<Message> sent = batch.letters().stream()
                .filter(letter -> !failures.containsKey(letter.messageId()))
                .toList();
        undeleted.addAll(pass.delete(sent));
        run.done(sent.size());
        if (answer.refusal() != null) {
            throw answer.refusal();
        }
        failed(batch.source(), failures);
        note();
        return sent.stream().map(Message::messageId).collect(Collectors.toSet());
    }

    private void failed(String source, Map<String, EntryFailure> failures) {
        run.failed(failures.size());
        failures.values().stream()
                .findFirst()
                .ifPresent(failure -> run.note(
                        "send " + source,
                        "Letters could not be sent to %s and stay here (%s)".formatted(source, failure.code())));
    }

    private void note() {
        if (!untracked.isEmpty()) {
            run.note(
                    "untracked",
                    "%,d letters have no place for the task's attribute, so their outcomes are not recorded"
                            .formatted(untracked.size()));
        }
        if (!undeleted.isEmpty()) {
            run.note(
                    "undeleted",
                    "%,d letters were sent but could not be deleted here; sent again, they have the same event ids"
                            .formatted(undeleted.size()));
        }
    }
}
