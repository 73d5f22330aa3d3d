package dev.attache.relay.behaviour;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Refuses a recipient for now until it is tried again, a while after the first try. */
final class Greylisting implements Behaviour {

    private static final Answer REFUSAL = Answer.reply(451, "4.7.1 Greylisted, please try again later");

    private final Duration atLeast;
    private final Map<String, Instant> firstTries = new ConcurrentHashMap<>();

    Greylisting(Duration atLeast) {
        this.atLeast = atLeast;
    }

    @Override
    public Answer answer(Step step) {
        return step.stage() == Stage.RCPT_TO
                        && step.recipient().filter(r -> !known(r, step.now())).isPresent()
                ? REFUSAL
                : Answer.standard();
    }

    /** The first try is refused even with a duration of zero. */
    private boolean known(String recipient, Instant now) {
        Instant first = firstTries.putIfAbsent(recipient.toLowerCase(Locale.ROOT), now);
        return first != null && !now.isBefore(first.plus(atLeast));
    }
}
