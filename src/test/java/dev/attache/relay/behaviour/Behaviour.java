package dev.attache.relay.behaviour;

import dev.attache.relay.behaviour.Answer.Standard;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides how the server answers. Several connections call it at the same time, so a behaviour with state must be
 * thread-safe. For steps that it does not handle it returns {@link Answer#standard()}.
 */
@FunctionalInterface
public interface Behaviour {

    Answer answer(Step step);

    /** Uses another behaviour for steps to which this one gives the standard answer. */
    default Behaviour orElse(Behaviour other) {
        return step -> switch (answer(step)) {
            case Standard _ -> other.answer(step);
            case Answer answer -> answer;
        };
    }

    /** This behaviour's first answers other than the standard one; the standard answer from then on. */
    default Behaviour times(int count) {
        var given = new AtomicInteger();
        return step -> {
            Answer answer = given.get() < count ? answer(step) : Answer.standard();
            boolean special = !(answer instanceof Standard) && given.incrementAndGet() <= count;
            return special ? answer : Answer.standard();
        };
    }
}
