package dev.attache.delivery.relay;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out when it is not single mails that the relay refuses or does not answer, but all that we send. Its circuit
 * breaker opens when many different mails in a row were refused, or got no answer; from time to time one mail is
 * permitted, until one is taken or answered.
 */
final class SenderBlock {

    private static final Logger log = LoggerFactory.getLogger(SenderBlock.class);

    private final CircuitBreaker breaker;

    private final RefusalStreak refusals = new RefusalStreak();

    private final RefusalStreak silences = new RefusalStreak();

    private final ReentrantLock lock = new ReentrantLock();

    SenderBlock(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    boolean isBlocked() {
        return breaker.getState() != State.CLOSED;
    }

    /** @throws CallNotPermittedException while nothing is sent */
    void requireNotBlocked() {
        if (breaker.getState() == State.OPEN || breaker.getState() == State.FORCED_OPEN) {
            throw CallNotPermittedException.createCallNotPermittedException(breaker);
        }
    }

    /**
     * Permits one mail; {@link #taken}, {@link #refused} or {@link #releasePermission} must follow.
     *
     * @throws CallNotPermittedException while nothing is sent, or another mail is being tried
     */
    void acquirePermission() {
        breaker.acquirePermission();
    }

    /** What became of the mail says nothing of our sender. */
    void releasePermission() {
        breaker.releasePermission();
    }

    /** The relay has taken a mail. */
    void taken() {
        boolean wasBlocked = isBlocked();
        breaker.onSuccess(0, breaker.getTimestampUnit());
        refusals.taken();
        silences.taken();
        if (wasBlocked && !isBlocked()) {
            log.info("The mail relay takes mails again");
        }
    }

    /** The relay has deferred a mail: it answers, and says nothing of our sender. */
    void answered() {
        breaker.releasePermission();
        silences.taken();
    }

    /** The connection was lost in the middle of a mail, or no answer came to it. */
    void unanswered(String deliveryId) {
        lock.lock();
        try {
            if (breaker.getState() == State.HALF_OPEN) {
                breaker.onError(0, breaker.getTimestampUnit(), new IllegalStateException("no answer to a mail"));
                return;
            }
            breaker.releasePermission();
            if (breaker.getState() == State.CLOSED && silences.refused(deliveryId)) {
                breaker.transitionToOpenState();
                log.error(
                        "ALARM The mail relay opens sessions, but has not answered the last {} mails: nothing is sent"
                                + " until it answers one of those that are tried every few minutes. Ask its operator",
                        RefusalStreak.BLOCKED);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The relay has refused a mail for good.
     *
     * @throws CallNotPermittedException when it was our sender that was refused, and the mail is to be kept
     */
    void refused(String deliveryId, MailRefusedException refused) {
        silences.taken();
        if (!refused.mayBeOfOurSender()) {
            breaker.releasePermission();
            return;
        }
        // One after the other, so that no mail is given up that was refused after the block was noticed.
        lock.lock();
        try {
            judge(deliveryId, refused);
        } finally {
            lock.unlock();
        }
    }

    private void judge(String deliveryId, MailRefusedException refused) {
        switch (breaker.getState()) {
            case HALF_OPEN -> {
                breaker.onError(0, breaker.getTimestampUnit(), refused);
                log.error("ALARM The mail relay still refuses every mail: {}", refused.getMessage());
            }
            case CLOSED -> {
                breaker.releasePermission();
                if (refusals.refused(deliveryId)) {
                    breaker.transitionToOpenState();
                    log.error(
                            "ALARM The mail relay has refused the last {} mails, and so blocks our sender: nothing is"
                                    + " sent until it takes one of those that are tried every few minutes. Ask its"
                                    + " operator. {}",
                            RefusalStreak.BLOCKED,
                            refused.getMessage());
                }
            }
            default -> {
                // Under way when the block was noticed.
                breaker.releasePermission();
                throw CallNotPermittedException.createCallNotPermittedException(breaker);
            }
        }
    }
}
