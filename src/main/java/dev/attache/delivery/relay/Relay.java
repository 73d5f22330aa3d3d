package dev.attache.delivery.relay;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends mails within the relay's limits, and stops while the relay is down. A mail waits for its permit before it is
 * claimed, because its claim must not expire while it waits.
 *
 * <p>There are two circuit breakers. {@code mail} opens if the relay accepts no session; a probe without a mail tests
 * whether it does again. Any answer about a single mail counts as a success. {@code mail-sender} opens if many
 * different mails in a row are refused or get no answer; single mails are its probes.
 */
public final class Relay implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    private final MailTransport transport;

    private final CircuitBreaker breaker;

    private final SendingRate rate;

    private final Bulkhead concurrency;

    private final Duration patience;

    private final SenderSuspension suspension;

    private final RelayCapacity capacity;

    /**
     * Creates a relay.
     *
     * @param breaker opens if the relay accepts no session
     * @param senderBreaker opens if the relay refuses or does not answer all mails
     * @param perSecond the most mails per second; infinite for no limit
     * @param concurrent the most mails that are sent concurrently
     * @param patience how long a mail waits for a permit
     */
    Relay(
            MailTransport transport,
            CircuitBreaker breaker,
            CircuitBreaker senderBreaker,
            double perSecond,
            int concurrent,
            Duration patience) {
        this.transport = transport;
        this.breaker = breaker;
        this.suspension = new SenderSuspension(senderBreaker);
        this.rate = new SendingRate(perSecond, System::nanoTime);
        this.capacity = new RelayCapacity(rate);
        this.concurrency = Bulkhead.of(
                "mail",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(concurrent)
                        .maxWaitDuration(patience)
                        .build());
        this.patience = patience;
        if (transport.canProbe()) {
            breaker.getEventPublisher().onStateTransition(event -> {
                if (event.getStateTransition().getToState() == State.HALF_OPEN) {
                    Thread.ofVirtual().name("relay-probe").start(this::probe);
                }
            });
        }
    }

    /** Whether recovery is detected without a mail. */
    public boolean probesItself() {
        return transport.canProbe();
    }

    /** How many more mails can wait for a permit without a long delay; may be negative. */
    public int capacity() {
        return capacity.remaining();
    }

    /** Registers a listener that is called when there is capacity again. */
    public void onCapacity(Runnable listener) {
        capacity.onAvailable(listener);
    }

    /** The current limit of mails per second; infinite without a limit. */
    double perSecond() {
        return rate.perSecond();
    }

    boolean isSendingSuspended() {
        return suspension.isSuspended();
    }

    /**
     * Runs the work with a permit to send one mail.
     *
     * @throws CallNotPermittedException while a circuit breaker is open
     * @throws RelayBusyException if the rate gives no permit in time
     * @throws io.github.resilience4j.bulkhead.BulkheadFullException if too many mails are being sent
     */
    public void withPermit(Runnable work) {
        capacity.enter();
        try {
            concurrency.executeRunnable(() -> {
                requireUp();
                await(rate.reserve(patience).orElseThrow(RelayBusyException::new));
                work.run();
            });
        } finally {
            capacity.leave();
        }
    }

    private static void await(Duration time) {
        if (!time.isPositive()) {
            return;
        }
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RelayBusyException();
        }
    }

    /** Checked before a claim is written for a mail that could not be sent. */
    private void requireUp() {
        State state = breaker.getState();
        if (state == State.OPEN || state == State.FORCED_OPEN || (state == State.HALF_OPEN && transport.canProbe())) {
            throw CallNotPermittedException.createCallNotPermittedException(breaker);
        }
        suspension.requireNotSuspended();
    }

    /**
     * Sends a mail.
     *
     * @param mail composes the mail; called only if it may be sent
     * @return the relay's reply in one line, without addresses
     * @throws CallNotPermittedException while a circuit breaker is open
     * @throws MailNotSentException as {@link MailTransport#send}
     */
    public String send(String deliveryId, Supplier<OutgoingMail> mail) {
        requireUp();
        breaker.acquirePermission();
        try {
            suspension.acquirePermission();
        } catch (CallNotPermittedException e) {
            breaker.releasePermission();
            throw e;
        }
        long start = breaker.getCurrentTimestamp();
        String reply;
        try {
            OutgoingMail composed = mail.get();
            reply = RelayReply.withoutAddresses(transport.send(composed), composed.recipient());
        } catch (MailNotSentException e) {
            evaluate(deliveryId, e, start);
            throw e;
        } catch (RuntimeException | Error e) {
            breaker.releasePermission();
            suspension.releasePermission();
            throw e;
        }
        recordAnswer(start);
        suspension.accepted();
        rate.accepted(deliveryId);
        return reply;
    }

    /** Updates the circuit breakers and the rate after a failure. */
    private void evaluate(String deliveryId, MailNotSentException failure, long start) {
        switch (failure) {
            case RelayDownException down -> {
                breaker.onError(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), down);
                suspension.releasePermission();
            }
            case MailDeferredException lost
            when lost.reply() == null -> {
                breaker.releasePermission();
                suspension.unanswered(deliveryId);
                rate.deferred(deliveryId);
            }
            case MailDeferredException deferred -> {
                recordAnswer(start);
                suspension.deferred();
                if (rate.deferred(deliveryId)) {
                    log.info(
                            "The mail relay defers many mails; the limit is now {} mails per second",
                            Math.round(rate.perSecond()));
                }
            }
            case MailRefusedException refused -> {
                recordAnswer(start);
                suspension.refused(deliveryId, refused);
            }
            case DeliveryUncertainException uncertain -> {
                breaker.releasePermission();
                suspension.unanswered(deliveryId);
            }
        }
    }

    private void recordAnswer(long start) {
        breaker.onSuccess(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit());
    }

    private void probe() {
        if (!breaker.tryAcquirePermission()) {
            return;
        }
        long start = breaker.getCurrentTimestamp();
        try {
            transport.probe();
            recordAnswer(start);
        } catch (RelayBusyException allInUse) {
            // Mails are being sent on all connections, so the relay accepts sessions.
            recordAnswer(start);
        } catch (RuntimeException e) {
            breaker.onError(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), e);
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
