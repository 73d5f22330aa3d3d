package dev.attache.console.deadletters;

import dev.attache.console.Operator;
import dev.attache.deadletters.DeadLetter;
import dev.attache.deadletters.Task;

/**
 * Why an operator cannot act on a queue now, as a sentence for the page; empty if the operator can.
 *
 * @param scan for a scan
 * @param act for everything that needs letters of a snapshot
 */
record Availability(String scan, String act) {

    private static final String VIEWER = "You are signed in as a viewer. Only operators can act.";

    static Availability of(QueueStatus queue, Operator operator) {
        String scan = operator.mayAct() ? queue.task().map(Availability::busy).orElse("") : VIEWER;
        String act = !scan.isEmpty()
                ? scan
                : queue.snapshot().isEmpty() ? "Scan the queue first: its letters are not known yet." : "";
        return new Availability(scan, act);
    }

    /** For editing a letter. */
    String edit(DeadLetter letter, boolean mayEdit) {
        if (!act.isEmpty()) {
            return act;
        }
        if (!mayEdit) {
            return "Editing is turned off. The setting attache.dead-letters.edit turns it on.";
        }
        return letter.sourceQueue() == null ? "It is not known which queue the letter came from." : "";
    }

    /** For cancelling a task. */
    static String cancel(Operator operator) {
        return operator.mayAct() ? "" : VIEWER;
    }

    private static String busy(Task task) {
        return "%s has started a task on this queue. Wait until it has ended, or cancel it.".formatted(task.by());
    }
}
