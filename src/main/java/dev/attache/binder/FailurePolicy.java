package dev.attache.binder;

import java.time.Clock;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a failure. A rejected message is told of, copied to the dead-letter queue and only then acknowledged: telling comes
 * first because it can be repeated (its event has the same id again), and a dead letter cannot.
 */
final class FailurePolicy {

    private static final Logger log = LoggerFactory.getLogger(FailurePolicy.class);

    private static final int LUCKY_ATTEMPTS = 3;

    private final FailureClassifier classifier;

    private final RejectionListener listener;

    private final QueueCalls calls;

    private final Backoff backoff;

    private final Duration pollTimeout;

    private final Outcomes outcomes;

    private final Clock clock;

    FailurePolicy(FailureClassifier classifier, RejectionListener listener, QueueCalls calls, Backoff backoff,
            Duration pollTimeout, Outcomes outcomes, Clock clock) {
        this.classifier = classifier;
        this.listener = listener;
        this.calls = calls;
        this.backoff = backoff;
        this.pollTimeout = pollTimeout;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    Failure classify(Throwable error) {
        return classifier.classify(error);
    }

    /** @return what kept this from being done, when something did: the message is then still in hand */
    @Nullable Throwable answer(ReceivedMessage message, Failure failure, Throwable error) {
        return switch (failure) {
            case Failure.Rejected rejected -> reject(message, rejected);
            case Failure.Transient later -> {
                log.warn("Message {} of {} could not be handled at attempt {}: {}", message.id(), message.queue().name(),
                        message.receiveCount(), later.reason());
                String code = later.codeAtLast() == null ? Failure.RETRIES_EXHAUSTED : later.codeAtLast();
                yield retry(message, new Failure.Rejected(code, later.reason()), later.attempts(), later.surelyAfter());
            }
            case Failure.Down down -> {
                outcomes.wentBack(message);
                log.info("Message {} of {} goes back: {}", message.id(), message.queue().name(), down.reason());
                release(message, untilPollsHaveEnded());
                yield null;
            }
            case Failure.Bug bug -> {
                outcomes.bug(message);
                if (message.receiveCount() == 1) {
                    log.error("Message {} of {} met a bug", message.id(), message.queue().name(), error);
                } else {
                    log.warn("Message {} of {} met a bug again at attempt {}: {}", message.id(), message.queue().name(),
                            message.receiveCount(), bug.reason());
                }
                yield retry(message, new Failure.Rejected(Failure.RETRIES_EXHAUSTED, bug.reason()), Integer.MAX_VALUE,
                        null);
            }
        };
    }

    private @Nullable Throwable retry(ReceivedMessage message, Failure.Rejected atLast, int attempts,
            @Nullable Duration surelyAfter) {
        if (message.receiveCount() >= Math.min(attempts, message.queue().maxReceiveCount())) {
            return reject(message, atLast);
        }
        outcomes.retried(message);
        release(message, pause(message, surelyAfter));
        return null;
    }

    /** The first attempts may be lucky; those that follow must not use up the receives before the time that is known. */
    private Duration pause(ReceivedMessage message, @Nullable Duration surelyAfter) {
        Duration usual = backoff.after(message.receiveCount());
        if (surelyAfter == null || message.receiveCount() <= LUCKY_ATTEMPTS && usual.compareTo(surelyAfter) < 0) {
            return usual;
        }
        return surelyAfter.plusSeconds(1);
    }

    /** A poll that was under way when the gate closed would be given a message that became visible before it ends. */
    private Duration untilPollsHaveEnded() {
        return pollTimeout.plus(backoff.after(1));
    }

    /** Makes the message visible again after a pause that grows with its attempts. */
    void goBack(ReceivedMessage message) {
        release(message, backoff.after(message.receiveCount()));
    }

    private @Nullable Throwable reject(ReceivedMessage message, Failure.Rejected rejected) {
        log.warn("Message {} of {} is rejected, {}: {}", message.id(), message.queue().name(), rejected.code(),
                rejected.reason());
        try {
            listener.rejected(new DeadLetter(message.queue().name(), message.id(), message.sqs().body(), rejected,
                    message.receiveCount()));
            if (message.queue().deadLetterUrl() != null) {
                var attributes = DeadLetterAttributes.of(message, rejected, clock.instant());
                var leftBehind = DeadLetterAttributes.leftBehind(message, attributes);
                if (!leftBehind.isEmpty()) {
                    log.warn("The dead letter of message {} has no room for its attributes {}", message.id(), leftBehind);
                }
                calls.copyTo(message.queue().deadLetterUrl(), message, attributes).join();
            }
            outcomes.rejected(message, rejected);
            calls.delete(message).join();
            return null;
        } catch (RuntimeException e) {
            log.warn("Message {} of {} could not be dead-lettered yet: {}", message.id(), message.queue().name(),
                    e.getMessage());
            return e;
        }
    }

    /** When this fails, the queue's own visibility timeout makes the message visible again. */
    void release(ReceivedMessage message, Duration after) {
        calls.release(message, after).whenComplete((done, error) -> {
            if (error != null) {
                log.warn("Message {} of {} will become visible only after the queue's own timeout: {}", message.id(),
                        message.queue().name(), error.getMessage());
            }
        });
    }
}
