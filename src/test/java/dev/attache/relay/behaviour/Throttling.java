package dev.attache.relay.behaviour;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Gives the standard answer to so many steps of one stage in any second, and refuses the others for now. */
final class Throttling implements Behaviour {

    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final Answer REFUSAL = Answer.reply(450, "4.7.0 Too many mails, slow down");

    private final int perSecond;
    private final Stage stage;
    private final Deque<Instant> passed = new ArrayDeque<>();

    Throttling(int perSecond, Stage stage) {
        this.perSecond = perSecond;
        this.stage = stage;
    }

    @Override
    public Answer answer(Step step) {
        return step.stage() != stage || passes(step.now()) ? Answer.standard() : REFUSAL;
    }

    private synchronized boolean passes(Instant now) {
        while (!passed.isEmpty() && !passed.getFirst().plus(WINDOW).isAfter(now)) {
            passed.removeFirst();
        }
        if (passed.size() >= perSecond) {
            return false;
        }
        passed.addLast(now);
        return true;
    }
}
