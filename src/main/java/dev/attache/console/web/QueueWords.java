package dev.attache.console.web;

import dev.attache.console.ConsoleFormat;
import dev.attache.console.web.QueueRow.State;
import dev.attache.queues.Depth;
import dev.attache.queues.InputState;
import dev.attache.queues.PauseFlags.Pause;
import dev.attache.queues.QueueState;
import java.util.List;
import java.util.stream.Stream;

/** Says in words what a queue or its input does; the most urgent fact first. */
final class QueueWords {

    private final ConsoleFormat format;

    QueueWords(ConsoleFormat format) {
        this.format = format;
    }

    State state(QueueState queue) {
        InputState input = queue.input();
        State state;
        if (queue.queue().holdsDeadLetters()) {
            state = ofLetters(queue);
        } else {
            state = input == null ? ofInputElsewhere(queue) : ofInput(queue, input);
        }
        String problem = queue.problem();
        if (problem == null) {
            return state;
        }
        String depth = queue.depth() == null ? problem : problem + " The numbers are older.";
        return State.of("bad", "Cannot be read", depth, queue.queue().holdsDeadLetters() ? null : state.text());
    }

    /** All queues in one sentence each about inputs and dead letters. */
    State summary(List<QueueState> queues) {
        List<QueueState> inputs =
                queues.stream().filter(queue -> queue.input() != null).toList();
        List<State> states = inputs.stream().map(this::state).toList();
        long failing = count(states, "bad");
        long waiting = count(states, "warn");
        long letters = queues.stream()
                .filter(queue -> queue.queue().holdsDeadLetters())
                .flatMap(queue -> Stream.ofNullable(queue.depth()))
                .mapToLong(Depth::total)
                .sum();
        String needed = letters == 0
                ? "No message needs you."
                : letters == 1 ? "1 message needs you." : "%s messages need you.".formatted(format.number(letters));
        if (inputs.isEmpty()) {
            return State.of(
                    letters == 0 ? "" : "warn",
                    "No input runs in this process.",
                    "What the workers' inputs do is shown at their management ports: /actuator/health and"
                            + " /actuator/prometheus.",
                    needed);
        }
        if (failing > 0) {
            return State.of("bad", "%d of %d inputs cannot receive.".formatted(failing, inputs.size()), needed);
        }
        if (waiting > 0) {
            return State.of("warn", "%d of %d inputs are paused or wait.".formatted(waiting, inputs.size()), needed);
        }
        return State.of(
                letters == 0 ? "good" : "warn", "All %d inputs are receiving.".formatted(inputs.size()), needed);
    }

    private static long count(List<State> states, String severity) {
        return states.stream()
                .filter(state -> state.severity().equals(severity))
                .count();
    }

    private static State ofLetters(QueueState queue) {
        if (queue.depth() == null) {
            return State.of("", "Not read yet");
        }
        long letters = queue.depth().total();
        return letters == 0
                ? State.of("good", "Empty")
                : State.of("bad", letters == 1 ? "1 message needs you" : "Messages need you");
    }

    /** What an input does is known in its own process only. */
    private State ofInputElsewhere(QueueState queue) {
        Pause pause = queue.paused();
        return pause == null
                ? State.of("", "Not in this process")
                : State.of("warn", "Paused", by(pause), pause.reason(), "workers follow in a few seconds");
    }

    private String by(Pause pause) {
        return "by %s since %s".formatted(pause.by(), format.clock(pause.since()));
    }

    private State ofInput(QueueState queue, InputState input) {
        Pause pause = queue.paused();
        if (pause != null) {
            return State.of(
                    "warn",
                    input.paused() ? "Paused" : "Pausing",
                    by(pause),
                    pause.reason(),
                    input.paused() ? null : "this worker follows in a few seconds");
        }
        if (input.pollsFailSince() != null) {
            return State.of(
                    "bad", "Cannot receive", "since " + format.clock(input.pollsFailSince()), input.pollFailure());
        }
        if (!input.running()) {
            return State.of("bad", "Stopped", "on this worker");
        }
        if (input.paused()) {
            return State.of("warn", "Paused here", "on this worker only, by hand or until it follows a resume");
        }
        return switch (input.gate()) {
            case "OPEN" -> State.of("good", "Receiving");
            case "CLOSED" -> State.of("warn", "Waiting", "for " + names(input.closedBy()), sinceClosed(input));
            default ->
                State.of("warn", "Testing", names(input.closedBy()) + " with single messages", sinceClosed(input));
        };
    }

    private String sinceClosed(InputState input) {
        return "since " + format.clock(input.closedSince());
    }

    private static String names(List<String> services) {
        return services.isEmpty() ? "a service" : String.join(", ", services);
    }
}
