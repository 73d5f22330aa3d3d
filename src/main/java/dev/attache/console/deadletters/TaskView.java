package dev.attache.console.deadletters;

import dev.attache.console.Operator;
import dev.attache.deadletters.Task;

/**
 * A task as pages show it.
 *
 * @param title what it does, in words
 * @param state its state, in words
 * @param tone {@code good}, {@code bad} or empty
 */
record TaskView(ShownTask task, String title, String state, String tone) {

    static TaskView of(Task task, Operator reader) {
        ShownTask shown = ShownTask.of(task, reader);
        return new TaskView(shown, Texts.title(shown), Texts.state(shown), Texts.tone(shown.state(), shown.failed()));
    }

    public boolean ended() {
        return task.state().isEnded();
    }

    /** Whether letters were sent, so that outcomes are counted. */
    public boolean sends() {
        return task.action() == Action.REPLAY || task.action() == Action.EDIT;
    }

    /** How many of the sent letters have no outcome yet. */
    public long open() {
        return Math.max(0, task.done() - task.handled() - task.rejectedAgain());
    }
}
