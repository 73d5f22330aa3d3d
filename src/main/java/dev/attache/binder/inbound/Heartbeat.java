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
 * Keeps the messages in flight invisible: extends the visibility timeout of those that have been held for a third of
 * it, ten at a time. It stops short of SQS's twelve hours (Amazon SQS API Reference, "ChangeMessageVisibility": counted
 * from the receipt, and not reset by an extension).
 */
public final class Heartbeat {

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
            // The end of this thread.
        }
    }

    /** One beat: extends what has been held for a while. */
    void beat() {
        Instant now = clock.instant();
        List<ReceivedMessage> due =
                inFlight.get().stream().filter(message -> isDue(message, now)).toList();
        for (int from = 0; from < due.size(); from += BATCH) {
            extend(due.subList(from, Math.min(from + BATCH, due.size())));
        }
    }

    private boolean isDue(ReceivedMessage message, Instant now) {
        Duration held = Duration.between(message.hold().since(), now);
        return held.compareTo(interval().dividedBy(2)) >= 0
                && held.plus(queue.visibilityTimeout()).compareTo(VisibilityLease.LONGEST) < 0;
    }

    private void extend(List<ReceivedMessage> due) {
        CompletableFuture<Void> underWay = new CompletableFuture<>();
        List<ReceivedMessage> held = new ArrayList<>();
        for (ReceivedMessage message : due) {
            if (message.hold().extend(underWay)) {
                held.add(message);
            }
        }
        if (held.isEmpty()) {
            return;
        }
        var _ = calls.extend(held, queue.visibilityTimeout()).whenComplete((failed, error) -> {
            underWay.complete(null);
            if (error != null) {
                report.notExtended(held.size(), InputReport.cause(error));
            } else if (!failed.isEmpty()) {
                log.warn("The visibility of messages {} of {} could not be extended", failed, queue.name());
            }
        });
    }
}
