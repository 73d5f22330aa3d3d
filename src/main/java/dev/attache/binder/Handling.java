package dev.attache.binder;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;

/**
 * What happens to one message: the function is called, everything that follows is published, and only then is the message
 * acknowledged. When a service did not answer, the message is tried again in place, under its heartbeat; while one is known to
 * be down, the first message that finds out stays as the canary. Any other error is answered by the {@link FailurePolicy}.
 */
final class Handling {

    private static final Logger log = LoggerFactory.getLogger(Handling.class);

    private final Consumer<Message<byte[]>> function;

    private final SqsConsumerProperties properties;

    private final FailurePolicy failures;

    private final QueueCalls calls;

    private final PollGate gate;

    private final Outcomes outcomes;

    Handling(Consumer<Message<byte[]>> function, SqsConsumerProperties properties, FailurePolicy failures, QueueCalls calls,
            PollGate gate, Outcomes outcomes) {
        this.function = function;
        this.properties = properties;
        this.failures = failures;
        this.calls = calls;
        this.gate = gate;
        this.outcomes = outcomes;
    }

    void handle(ReceivedMessage message) {
        boolean canary = gate.isCanary(message.id());
        try {
            int triesInPlace = 0;
            for (Throwable error = attempt(message); error != null; error = attempt(message)) {
                Failure failure = failures.classify(error);
                if (!worthTryingInPlace(failure)) {
                    error = failures.answer(message, failure, error);
                    if (error == null) {
                        return;
                    }
                    failure = failures.classify(error);
                }
                boolean again = switch (failure) {
                    case Failure.Down down -> {
                        // However many probes fail: the canary goes back for none of them.
                        triesInPlace = 0;
                        canary = canary || gate.takeCanary();
                        yield canary && awaitChance(message, down);
                    }
                    case Failure.Transient unanswered -> unanswered.soon() && triesInPlace < properties.getTriesInPlace()
                            && gate.pause(pauseAfter(++triesInPlace));
                    case Failure.Rejected rejected -> false;
                    case Failure.Bug bug -> false;
                };
                if (!again) {
                    giveUp(message, failure, error);
                    return;
                }
            }
            outcomes.handled(message);
            acknowledge(message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.release(message, Duration.ZERO);
        } finally {
            if (canary) {
                gate.putCanaryDown();
            }
        }
    }

    /** A service did not answer, or is known to be down: nothing is wrong with the message. */
    private static boolean worthTryingInPlace(Failure failure) {
        return failure instanceof Failure.Down || failure instanceof Failure.Transient unanswered && unanswered.soon();
    }

    /** A stop is no failure: what it kept from another try becomes visible at once. */
    private void giveUp(ReceivedMessage message, Failure failure, Throwable error) {
        if (gate.isStopping()) {
            failures.release(message, Duration.ZERO);
        } else if (failures.answer(message, failure, error) != null) {
            failures.goBack(message);
        }
    }

    private boolean awaitChance(ReceivedMessage message, Failure.Down down) throws InterruptedException {
        log.info("Message {} of {} stays in hand: {}", message.id(), message.queue().name(), down.reason());
        // A probe may be another's: then this is refused again at once, and must not spin.
        return gate.pause(properties.getPauseInPlace()) && gate.awaitChance();
    }

    /** Doubles from try to try, up to sixteen times the first pause. */
    private Duration pauseAfter(int tries) {
        return properties.getPauseInPlace().multipliedBy(1L << Math.min(tries - 1, 4));
    }

    private @Nullable Throwable attempt(ReceivedMessage message) throws InterruptedException {
        try {
            Outbox outbox = new Outbox();
            ScopedValue.where(Outbox.CURRENT, outbox).run(() -> function.accept(
                    message.toFunction(properties.getAttributes())));
            outbox.await(properties.getPublishTimeout());
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            return e;
        }
    }

    /** A message that could not be deleted comes again, and what follows from it has the same ids as before. */
    private void acknowledge(ReceivedMessage message) {
        try {
            calls.delete(message).join();
        } catch (RuntimeException e) {
            log.warn("Message {} of {} was handled but not deleted, and will come again: {}", message.id(),
                    message.queue().name(), e.getMessage());
        }
    }
}
