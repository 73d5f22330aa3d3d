package dev.attache.binder.inbound;

import dev.attache.binder.message.InboundQueue;
import dev.attache.binder.message.QueueCalls;
import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.message.VisibilityLease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Extends the visibility timeout of messages in flight each time a third of it has passed, up to ten messages per call.
 * It does not extend beyond twelve hours after the receipt, the limit of SQS (Amazon SQS API Reference,
 * "ChangeMessageVisibility").
 */
final class Heartbeat {

    private static final int BATCH = 10;

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

    private final InboundQueue queue;

    private final Supplier<List<ReceivedMessage>> inFlight;

    private final QueueCalls calls;

    private final InputReport report;

    private final Clock clock;

    private @Nullable Thread thread;

    Heartbeat(
            InboundQueue queue,
            Supplier<List<ReceivedMessage>> inFlight,
            QueueCalls calls,
            InputReport report,
            Clock clock) {
        this.queue = queue;
        this.inFlight = inFlight;
        this.calls = calls;
        this.report = report;
        this.clock = clock;
    }

    synchronized void start() {
        thread = Thread.ofVirtual().name("heartbeat-" + queue.name()).start(this::run);
    }

    synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    private Duration interval() {
        Duration third = queue.visibilityTimeout().dividedBy(3);
        return third.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : third;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(interval());
                beat();
            }
        } catch (InterruptedException stopped) {
            // The thread ends.
        }
    }

    /** Extends the messages that are due. */
    void beat() {
        Instant now = clock.instant();
        List<ReceivedMessage> due =
                inFlight.get().stream().filter(message -> isDue(message, now)).toList();
        for (int from = 0; from < due.size(); from += BATCH) {
            extend(due.subList(from, Math.min(from + BATCH, due.size())));
        }
    }

    private boolean isDue(ReceivedMessage message, Instant now) {
        Duration inFlightFor = Duration.between(message.lease().since(), now);
        return inFlightFor.compareTo(interval().dividedBy(2)) >= 0
                && inFlightFor.plus(queue.visibilityTimeout()).compareTo(VisibilityLease.LONGEST) < 0;
    }

    private void extend(List<ReceivedMessage> due) {
        CompletableFuture<Void> extending = new CompletableFuture<>();
        List<ReceivedMessage> leased = new ArrayList<>();
        for (ReceivedMessage message : due) {
            if (message.lease().extend(extending)) {
                leased.add(message);
            }
        }
        if (leased.isEmpty()) {
            return;
        }
        var _ = calls.extend(leased, queue.visibilityTimeout()).whenComplete((failed, error) -> {
            extending.complete(null);
            if (error != null) {
                report.notExtended(leased.size(), InputReport.cause(error));
            } else if (!failed.isEmpty()) {
                log.warn("The visibility of messages {} of {} could not be extended", failed, queue.name());
            }
        });
    }
}
