package dev.attache.delivery.relay;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Suspends sending while the relay refuses all our mails, or answers none of them. Its circuit breaker opens when many
 * different mails in a row were refused or got no answer. While it is half-open, one mail at a time is permitted, until
 * the relay accepts one.
 */
final class SenderSuspension {

    private static final Logger log = LoggerFactory.getLogger(SenderSuspension.class);

    private final CircuitBreaker breaker;

    private final ConsecutiveFailures refusedMails = new ConsecutiveFailures();

    private final ConsecutiveFailures unansweredMails = new ConsecutiveFailures();

    private final ReentrantLock lock = new ReentrantLock();

    SenderSuspension(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    boolean isSuspended() {
        return breaker.getState() != State.CLOSED;
    }

    /** @throws CallNotPermittedException while sending is suspended */
    void requireNotSuspended() {
        if (breaker.getState() == State.OPEN || breaker.getState() == State.FORCED_OPEN) {
            throw CallNotPermittedException.createCallNotPermittedException(breaker);
        }
    }

    /**
     * Permits one mail. {@link #accepted}, {@link #deferred}, {@link #refused}, {@link #unanswered} or
     * {@link #releasePermission} must follow.
     *
     * @throws CallNotPermittedException while sending is suspended, or another mail is the probe
     */
    void acquirePermission() {
        breaker.acquirePermission();
    }

    /** The mail was not sent, or its result says nothing about our sender. */
    void releasePermission() {
        breaker.releasePermission();
    }

    /** The relay accepted a mail. */
    void accepted() {
        boolean wasSuspended = isSuspended();
        breaker.onSuccess(0, breaker.getTimestampUnit());
        refusedMails.reset();
        unansweredMails.reset();
        if (wasSuspended && !isSuspended()) {
            log.info("The mail relay accepts mails again");
        }
    }

    /** The relay deferred a mail: it answers, but the answer says nothing about our sender. */
    void deferred() {
        breaker.releasePermission();
        unansweredMails.reset();
    }

    /** The connection was lost during a mail, or the relay did not answer. */
    void unanswered(String deliveryId) {
        lock.lock();
        try {
            if (breaker.getState() == State.HALF_OPEN) {
                breaker.onError(
                        0,
                        breaker.getTimestampUnit(),
                        new IllegalStateException("The mail relay did not answer a mail"));
                return;
            }
            breaker.releasePermission();
            if (breaker.getState() == State.CLOSED && unansweredMails.add(deliveryId)) {
                breaker.transitionToOpenState();
                log.error(
                        "ALARM The mail relay accepts sessions, but did not answer the last {} mails: sending is"
                                + " suspended, except for one probe mail every few minutes. Ask the relay's operator",
                        ConsecutiveFailures.THRESHOLD);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The relay refused a mail permanently.
     *
     * @throws CallNotPermittedException if sending was suspended while the mail was being sent: it must be retried
     */
    void refused(String deliveryId, MailRefusedException refused) {
        unansweredMails.reset();
        if (!refused.mayApplyToAllMails()) {
            breaker.releasePermission();
            return;
        }
        // Locked: a refusal that is evaluated after the suspension must not reject its mail.
        lock.lock();
        try {
            evaluate(deliveryId, refused);
        } finally {
            lock.unlock();
        }
    }

    private void evaluate(String deliveryId, MailRefusedException refused) {
        switch (breaker.getState()) {
            case HALF_OPEN -> {
                breaker.onError(0, breaker.getTimestampUnit(), refused);
                log.error("ALARM The mail relay still refuses all mails: {}", refused.getMessage());
            }
            case CLOSED -> {
                breaker.releasePermission();
                if (refusedMails.add(deliveryId)) {
                    breaker.transitionToOpenState();
                    log.error(
                            "ALARM The mail relay refused the last {} mails, so it seems to block our sender: sending"
                                    + " is suspended, except for one probe mail every few minutes. Ask the relay's"
                                    + " operator. {}",
                            ConsecutiveFailures.THRESHOLD,
                            refused.getMessage());
                }
            }
            default -> {
                // Sending was suspended while this mail was being sent.
                breaker.releasePermission();
                throw CallNotPermittedException.createCallNotPermittedException(breaker);
            }
        }
    }
}
