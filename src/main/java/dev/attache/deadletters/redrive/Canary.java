package dev.attache.deadletters.redrive;

import dev.attache.deadletters.Task;
import dev.attache.deadletters.tasks.Outcomes;
import dev.attache.deadletters.tasks.TaskRecord;
import dev.attache.deadletters.tasks.TaskRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The first five letters of a replay. The others are sent when one of the five was handled; none is sent if all five
 * are rejected again. While it waits, the task holds no letters.
 */
final class Canary {

    private static final Logger log = LoggerFactory.getLogger(Canary.class);

    private static final int LETTERS = 5;

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** A wait of this time is mentioned. */
    private static final Duration LONG = Duration.ofMinutes(2);

    private final RedriveContext context;

    private final SelectedLetters selected;

    private final Pace pace;

    private final TaskRun run;

    Canary(RedriveContext context, SelectedLetters selected, Pace pace, TaskRun run) {
        this.context = context;
        this.selected = selected;
        this.pace = pace;
        this.run = run;
    }

    /** @return how the task ended; empty if it goes on, or is to end early */
    Optional<Task.State> run() {
        if (run.record().canary().isEmpty()) {
            Optional<Task.State> stopped = send();
            if (stopped.isPresent() || run.record().canary().isEmpty()) {
                return stopped;
            }
        }
        run.state(Task.State.WAITING);
        return await();
    }

    private Optional<Task.State> send() {
        List<String> sent = new ArrayList<>();
        List<Message> withoutPlace = new ArrayList<>();
        LetterPass pass = context.pass(run);
        LetterSender sender = new LetterSender(context, selected.queue(), pass, pace, run);
        try {
            pass.run(letters -> {
                var byPlace = selected.of(letters).stream().collect(Collectors.partitioningBy(this::hasPlaceForTask));
                withoutPlace.addAll(byPlace.getOrDefault(false, List.of()));
                sent.addAll(sender.send(byPlace.getOrDefault(true, List.of()).stream()
                        .limit(LETTERS - (long) sent.size())
                        .toList()));
                return sent.size() < LETTERS && !run.isEnding();
            });
        } finally {
            if (!sent.isEmpty()) {
                run.remember(record -> record.waiting(sent, context.clock().instant()));
            }
            context.gone(run.request().queue(), pass.deleted());
        }
        if (sent.isEmpty() && !withoutPlace.isEmpty() && !run.isEnding()) {
            run.note(
                    "canary",
                    "The letters have ten attributes, so there is no place for the task's and their outcomes would not"
                            + " be recorded. Replay them without sending five first");
            return Optional.of(Task.State.STOPPED);
        }
        if (sent.isEmpty() && run.failed() > 0 && !run.isEnding()) {
            return Optional.of(Task.State.STOPPED);
        }
        return Optional.empty();
    }

    private boolean hasPlaceForTask(Message letter) {
        return context.attributes()
                .havePlaceForTask(
                        letter,
                        context.reader().sourceQueue(selected.queue(), letter).orElse(""));
    }

    private Optional<Task.State> await() {
        List<String> sent = run.record().canary();
        Instant since = Objects.requireNonNullElseGet(run.record().waitingSince(), context.clock()::instant);
        while (run.pause(LOOK)) {
            Optional<Outcomes.Tally> tally = tally();
            if (tally.filter(it -> sent.stream().anyMatch(it::isHandled)).isPresent()) {
                run.state(Task.State.RUNNING);
                run.noNote("canary");
                run.remember(TaskRecord::passed);
                return Optional.empty();
            }
            if (tally.filter(it -> it.letters().keySet().containsAll(sent)).isPresent()) {
                run.note(
                        "canary",
                        "The first %d letters were rejected again, so the others were not sent".formatted(sent.size()));
                return Optional.of(Task.State.STOPPED);
            }
            Duration waited = Duration.between(since, context.clock().instant());
            if (waited.compareTo(context.properties().canaryPatience()) > 0) {
                run.note(
                        "canary",
                        ("No worker has handled the first %d letters within %d minutes;" + " the others were not sent")
                                .formatted(
                                        sent.size(),
                                        context.properties().canaryPatience().toMinutes()));
                return Optional.of(Task.State.STOPPED);
            }
            if (waited.compareTo(LONG) > 0) {
                run.note(
                        "canary",
                        ("The first %d letters have been sent, but no worker has handled them yet: is the"
                                        + " input paused, or a service down?")
                                .formatted(sent.size()));
            }
        }
        return Optional.empty();
    }

    private Optional<Outcomes.Tally> tally() {
        try {
            return Optional.of(context.outcomes().tally(run.id()));
        } catch (RuntimeException e) {
            log.debug("The outcomes of task {} cannot be read yet", run.id(), e);
            return Optional.empty();
        }
    }
}
