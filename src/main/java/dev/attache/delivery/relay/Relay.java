package dev.attache.delivery.relay;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay, given no more than it permits, and what its answers say about it. An answer about one mail says that the
 * relay is up. Waiting for a turn comes before a mail is claimed, for a claim must not run out meanwhile.
 *
 * <p>Two circuit breakers are used. {@code mail} opens when no session can be had, and a connection finds out that it
 * can be had again. {@code mail-sender} opens when many different mails in a row are refused or get no answer, and
 * single mails find out that that is over.
 */
public final class Relay implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    /** What waits must leave within this time at the present rate, so that waiting uses up no receives. */
    private static final Duration LINE = Duration.ofMinutes(1);

    private final MailTransport transport;

    private final CircuitBreaker breaker;

    private final SendingRate rate;

    private final Bulkhead underWay;

    private final Duration patience;

    private final SenderBlock sender;

    /** Mails that wait for their turn or have it. */
    private final AtomicInteger inLine = new AtomicInteger();

    /** Somebody was told that there is no capacity, and has not been told since that there is. */
    private final AtomicBoolean askedInVain = new AtomicBoolean();

    private final List<Runnable> capacityListeners = new CopyOnWriteArrayList<>();

    /** @param perSecond mails a second at most; infinite for no limit */
    Relay(
            MailTransport transport,
            CircuitBreaker breaker,
            CircuitBreaker senderBreaker,
            double perSecond,
            int concurrent,
            Duration patience) {
        this.transport = transport;
        this.breaker = breaker;
        this.sender = new SenderBlock(senderBreaker);
        this.rate = new SendingRate(perSecond, System::nanoTime);
        this.underWay = Bulkhead.of(
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

    /** Whether it finds out by itself, without a mail, that it is up again. */
    public boolean probesItself() {
        return transport.canProbe();
    }

    /** How many more mails can wait for their turn without waiting for long; may be negative. */
    public int capacity() {
        int now = capacityNow();
        if (now > 0) {
            return now;
        }
        // Whoever hears this waits to be told. Asked once more, for a mail may have left in between.
        askedInVain.set(true);
        return capacityNow();
    }

    private int capacityNow() {
        double perSecond = rate.perSecond();
        return Double.isInfinite(perSecond) ? Integer.MAX_VALUE : (int) (perSecond * LINE.toSeconds()) - inLine.get();
    }

    /** Calls the listener when it can take more again. */
    public void onCapacity(Runnable listener) {
        capacityListeners.add(listener);
    }

    /** Mails a second that are sent at most now; infinite without a limit. */
    double perSecond() {
        return rate.perSecond();
    }

    boolean senderIsBlocked() {
        return sender.isBlocked();
    }

    /**
     * Does the work when it is its turn.
     *
     * @throws CallNotPermittedException while the relay is known not to take mails
     * @throws TurnTooLateException when its turn does not come in time
     * @throws io.github.resilience4j.bulkhead.BulkheadFullException likewise
     */
    public void inTurn(Runnable work) {
        inLine.incrementAndGet();
        try {
            underWay.executeRunnable(() -> {
                requireUp();
                await(rate.reserve(patience).orElseThrow(TurnTooLateException::new));
                work.run();
            });
        } finally {
            inLine.decrementAndGet();
            if (capacityNow() > 0 && askedInVain.getAndSet(false)) {
                capacityListeners.forEach(Runnable::run);
            }
        }
    }

    private static void await(Duration turn) {
        if (!turn.isPositive()) {
            return;
        }
        try {
            Thread.sleep(turn);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TurnTooLateException();
        }
    }

    /** Before anything is written about a mail that would not be sent. */
    private void requireUp() {
        State state = breaker.getState();
        if (state == State.OPEN || state == State.FORCED_OPEN || (state == State.HALF_OPEN && transport.canProbe())) {
            throw CallNotPermittedException.createCallNotPermittedException(breaker);
        }
        sender.requireNotBlocked();
    }

    /**
     * Sends a mail.
     *
     * @param mail made only when it may be sent
     * @throws CallNotPermittedException while the relay is known not to take mails
     * @throws MailNotSentException as {@link MailTransport#send}
     */
    public void send(String deliveryId, Supplier<OutgoingMail> mail) {
        requireUp();
        breaker.acquirePermission();
        try {
            sender.acquirePermission();
        } catch (CallNotPermittedException e) {
            breaker.releasePermission();
            throw e;
        }
        long begin = breaker.getCurrentTimestamp();
        try {
            transport.send(mail.get());
        } catch (MailNotSentException e) {
            judge(deliveryId, e, begin);
            throw e;
        } catch (RuntimeException | Error e) {
            breaker.releasePermission();
            sender.releasePermission();
            throw e;
        }
        relayAnswered(begin);
        sender.taken();
        rate.taken(deliveryId);
    }

    /** What the failure of one mail says about the relay and about our sender. */
    private void judge(String deliveryId, MailNotSentException failure, long begin) {
        switch (failure) {
            case RelayDownException down -> {
                breaker.onError(breaker.getCurrentTimestamp() - begin, breaker.getTimestampUnit(), down);
                sender.releasePermission();
            }
            case MailDeferredException lost
            when lost.reply() == null -> {
                breaker.releasePermission();
                sender.unanswered(deliveryId);
                rate.deferred(deliveryId);
            }
            case MailDeferredException deferred -> {
                relayAnswered(begin);
                sender.answered();
                if (rate.deferred(deliveryId)) {
                    log.info(
                            "The mail relay defers many mails; {} a second are sent at most now",
                            Math.round(rate.perSecond()));
                }
            }
            case MailRefusedException refused -> {
                relayAnswered(begin);
                sender.refused(deliveryId, refused);
            }
            case DeliveryUncertainException unknown -> {
                breaker.releasePermission();
                sender.unanswered(deliveryId);
            }
        }
    }

    private void relayAnswered(long begin) {
        breaker.onSuccess(breaker.getCurrentTimestamp() - begin, breaker.getTimestampUnit());
    }

    private void probe() {
        if (!breaker.tryAcquirePermission()) {
            return;
        }
        long begin = breaker.getCurrentTimestamp();
        try {
            transport.probe();
            relayAnswered(begin);
        } catch (TurnTooLateException allInUse) {
            // By mails that are being sent: there are sessions.
            relayAnswered(begin);
        } catch (RuntimeException e) {
            breaker.onError(breaker.getCurrentTimestamp() - begin, breaker.getTimestampUnit(), e);
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
