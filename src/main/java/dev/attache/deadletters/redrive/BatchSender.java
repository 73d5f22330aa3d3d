package dev.attache.deadletters.redrive;

import dev.attache.binder.failure.AwsErrorKind;
import dev.attache.deadletters.redrive.ConsoleQueues.EntryFailure;
import dev.attache.deadletters.redrive.ConsoleQueues.Outgoing;
import dev.attache.deadletters.tasks.TaskRun;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;

/** Sends batches of letters to a queue. */
final class BatchSender {

    private static final int TRIES = 3;

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final RedriveContext context;

    private final TaskRun run;

    BatchSender(RedriveContext context, TaskRun run) {
        this.context = context;
        this.run = run;
    }

    /**
     * Letters for one queue, ten at most.
     *
     * @param source the queue
     */
    record Batch(String source, List<Message> letters) {}

    /**
     * What SQS did not take.
     *
     * @param failures why, by the letters' ids
     * @param refusal ends the task; null if the others may be sent
     * @param untracked the ids of those that were sent without the task
     */
    record Answer(
            Map<String, EntryFailure> failures, @Nullable QueueCallException refusal, Set<String> untracked) {}

    /** Sends letters of one queue, and tries again what SQS did not take. */
    Answer send(Batch batch, List<Outgoing> messages) {
        Map<String, EntryFailure> failures = new HashMap<>();
        Set<String> untracked = new HashSet<>();
        List<Outgoing> rest = messages;
        for (int attempt = 1; attempt <= TRIES && !rest.isEmpty(); attempt++) {
            if (attempt > 1) {
                run.pause(PAUSE);
            }
            Answer answer = attempt(batch.source(), rest, attempt == TRIES);
            Map<String, EntryFailure> now = answer.failures();
            failures.keySet().removeAll(rest.stream().map(Outgoing::id).toList());
            failures.putAll(now);
            if (answer.refusal() != null) {
                return new Answer(failures, answer.refusal(), untracked);
            }
            rest = rest.stream()
                    .filter(message -> mayRetry(message, now.get(message.id())))
                    .map(message -> now.getOrDefault(message.id(), new EntryFailure("", false))
                                    .lasting()
                            ? withoutOurs(batch, message)
                            : message)
                    .toList();
            rest.stream()
                    .filter(message -> !context.attributes().isTracked(message.attributes()))
                    .forEach(message -> untracked.add(message.id()));
        }
        return new Answer(failures, null, untracked);
    }

    /** A message that is too large with our attributes may be small enough without them. */
    private boolean mayRetry(Outgoing message, @Nullable EntryFailure failure) {
        return failure != null && (!failure.lasting() || context.attributes().isTracked(message.attributes()));
    }

    private Outgoing withoutOurs(Batch batch, Outgoing message) {
        return batch.letters().stream()
                .filter(letter -> letter.messageId().equals(message.id()))
                .findFirst()
                .map(letter -> new Outgoing(
                        message.id(), message.body(), context.attributes().original(letter)))
                .orElse(message);
    }

    private Answer attempt(String source, List<Outgoing> messages, boolean last) {
        try {
            return new Answer(context.queues().send(source, messages), null, Set.of());
        } catch (QueueCallException e) {
            if (e.kind() == AwsErrorKind.RESOURCE) {
                return new Answer(all(messages, new EntryFailure("there is no such queue", true)), null, Set.of());
            }
            if (e.kind() == AwsErrorKind.REQUEST && messages.size() > 1) {
                // Such as a batch that is too large for this queue.
                return oneByOne(source, messages, last);
            }
            if (e.kind() == AwsErrorKind.REQUEST) {
                return new Answer(all(messages, new EntryFailure(e.code(), true)), null, Set.of());
            }
            return e.isTemporary() && !last
                    ? new Answer(all(messages, new EntryFailure("no answer", false)), null, Set.of())
                    : new Answer(all(messages, new EntryFailure(e.code(), true)), e, Set.of());
        }
    }

    /** Those before a refusal were sent, and must be deleted. */
    private Answer oneByOne(String source, List<Outgoing> messages, boolean last) {
        Map<String, EntryFailure> failures = new HashMap<>();
        for (int i = 0; i < messages.size(); i++) {
            Answer answer = attempt(source, List.of(messages.get(i)), last);
            failures.putAll(answer.failures());
            if (answer.refusal() != null) {
                failures.putAll(all(messages.subList(i + 1, messages.size()), new EntryFailure("not tried", true)));
                return new Answer(failures, answer.refusal(), Set.of());
            }
        }
        return new Answer(failures, null, Set.of());
    }

    private static Map<String, EntryFailure> all(List<Outgoing> messages, EntryFailure failure) {
        Map<String, EntryFailure> failures = new HashMap<>();
        messages.forEach(message -> failures.put(message.id(), failure));
        return failures;
    }
}
