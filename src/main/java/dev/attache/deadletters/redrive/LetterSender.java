package dev.attache.deadletters.redrive;

import dev.attache.binder.failure.AwsErrorKind;
import dev.attache.deadletters.DeadLetterQueue;
import dev.attache.deadletters.redrive.ConsoleQueues.EntryFailure;
import dev.attache.deadletters.redrive.ConsoleQueues.Outgoing;
import dev.attache.deadletters.tasks.TaskRun;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Sends letters to the queues that they came from, and then deletes them. An instance that crashes in between leaves a
 * letter that is sent again, with the same event id. The letters that cannot be sent stay in the dead-letter queue.
 */
final class LetterSender {

    private static final int TRIES = 3;

    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Less than the 256 KiB that a batch may have in emulators; a larger message is sent alone. */
    private static final int BATCH_BYTES = 200_000;

    private final RedriveContext context;

    private final DeadLetterQueue queue;

    private final LetterPass pass;

    private final Pace pace;

    private final TaskRun run;

    private final Set<String> untracked = ConcurrentHashMap.newKeySet();

    private final Set<String> undeleted = ConcurrentHashMap.newKeySet();

    LetterSender(RedriveContext context, DeadLetterQueue queue, LetterPass pass, Pace pace, TaskRun run) {
        this.context = context;
        this.queue = queue;
        this.pass = pass;
        this.pace = pace;
        this.run = run;
    }

    private record Batch(String source, List<Message> letters) {}

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
                        letter.messageId(), letter.body(), context.attributes().of(letter, run.id())))
                .toList();
        outgoing.stream()
                .filter(message -> !context.attributes().isTracked(message.attributes()))
                .forEach(message -> untracked.add(message.id()));
        Map<String, EntryFailure> failures = send(batch.source(), outgoing);
        List<Message> sent = batch.letters().stream()
                .filter(letter -> !failures.containsKey(letter.messageId()))
                .toList();
        undeleted.addAll(pass.delete(sent));
        run.done(sent.size());
        failed(batch.source(), failures);
        note();
        return sent.stream().map(Message::messageId).collect(Collectors.toSet());
    }

    /** @return why messages were not sent */
    private Map<String, EntryFailure> send(String source, List<Outgoing> messages) {
        Map<String, EntryFailure> failures = new HashMap<>();
        List<Outgoing> rest = messages;
        for (int attempt = 1; attempt <= TRIES && !rest.isEmpty(); attempt++) {
            if (attempt > 1) {
                run.pause(PAUSE);
            }
            Map<String, EntryFailure> now = attempt(source, rest, attempt == TRIES);
            failures.keySet().removeAll(rest.stream().map(Outgoing::id).toList());
            failures.putAll(now);
            rest = rest.stream()
                    .filter(message -> mayRetry(message, now.get(message.id())))
                    .map(message -> now.getOrDefault(message.id(), new EntryFailure("", false))
                                    .lasting()
                            ? withoutTask(message)
                            : message)
                    .toList();
        }
        return failures;
    }

    /** A message that is too large with the task's attribute may be small enough without it. */
    private boolean mayRetry(Outgoing message, @Nullable EntryFailure failure) {
        return failure != null && (!failure.lasting() || context.attributes().isTracked(message.attributes()));
    }

    private Outgoing withoutTask(Outgoing message) {
        untracked.add(message.id());
        return new Outgoing(message.id(), message.body(), context.attributes().withoutTask(message.attributes()));
    }

    private Map<String, EntryFailure> attempt(String source, List<Outgoing> messages, boolean last) {
        try {
            return context.queues().send(source, messages);
        } catch (QueueCallException e) {
            if (e.kind() == AwsErrorKind.RESOURCE) {
                return all(messages, new EntryFailure("there is no such queue", true));
            }
            if (e.kind() == AwsErrorKind.REQUEST && messages.size() > 1) {
                // Such as a batch that is too large for this queue.
                Map<String, EntryFailure> failures = new HashMap<>();
                messages.forEach(message -> failures.putAll(attempt(source, List.of(message), last)));
                return failures;
            }
            if (e.kind() == AwsErrorKind.REQUEST) {
                return all(messages, new EntryFailure(e.code(), true));
            }
            if (e.isTemporary() && !last) {
                return all(messages, new EntryFailure("no answer", false));
            }
            throw e;
        }
    }

    private static Map<String, EntryFailure> all(List<Outgoing> messages, EntryFailure failure) {
        Map<String, EntryFailure> failures = new HashMap<>();
        messages.forEach(message -> failures.put(message.id(), failure));
        return failures;
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
