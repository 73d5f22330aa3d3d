package dev.attache.binder.inbound;

import dev.attache.binder.gate.Gate;
import dev.attache.binder.gate.ProbeScheduler;
import dev.attache.binder.gate.ReceivePermit;
import dev.attache.binder.message.ReceivedMessage;
import io.awspring.cloud.sqs.listener.SqsContainerOptions;
import io.awspring.cloud.sqs.listener.StandardSqsComponentFactory;
import io.awspring.cloud.sqs.listener.sink.MessageSink;
import io.awspring.cloud.sqs.listener.source.MessageSource;
import io.awspring.cloud.sqs.listener.source.StandardSqsMessageSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The container's own source of messages, but its polls can be ended at once. The container itself would wait for them,
 * or cancel them and log each as an error. Until the container is stopped too, whoever polls is kept waiting; so it is
 * while the {@link Gate} is closed, and while too many bytes are in flight. A poll that fails counts as one that found
 * nothing, after a pause that grows: the container would log each with a stack trace, and poll again at once.
 */
final class PollingSource extends StandardSqsMessageSource<ReceivedMessage> {

    private static final long FIRST_PAUSE_MILLIS = 250;

    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final Set<CompletableFuture<?>> receives = ConcurrentHashMap.newKeySet();

    /** Ends, with nothing found, the polls that are kept waiting. */
    private final CompletableFuture<Collection<Message>> nothingMore = new CompletableFuture<>();

    private final ProbeScheduler turns;

    private final ReceivedBytes bytes;

    private final InputReport report;

    /** Polls that failed since one did not. */
    private final AtomicInteger failures = new AtomicInteger();

    private volatile boolean ended;

    PollingSource(ProbeScheduler turns, ReceivedBytes bytes, InputReport report) {
        this.turns = turns;
        this.bytes = bytes;
        this.report = report;
    }

    // A receive is known by its identity; the future within a future is composed into the poll.
    @Override
    @SuppressWarnings({"UndefinedEquals", "FutureReturnValueIgnored"})
    protected CompletableFuture<Collection<Message>> doPollForMessages(int maxNumberOfMessages) {
        if (ended) {
            return nothingMore.copy();
        }
        CompletableFuture<Void> change = turns.nextChange();
        int room = bytes.room(maxNumberOfMessages);
        ReceivePermit permit = room == 0 ? ReceivePermit.NONE : turns.permit(room);
        if (permit.messages() == 0 || !bytes.begin(permit)) {
            return change.<Collection<Message>>thenApply(changed -> List.of())
                    .applyToEither(nothingMore, nothing -> nothing);
        }
        CompletableFuture<Collection<Message>> receive = super.doPollForMessages(permit.messages());
        receives.add(receive);
        CompletableFuture<Collection<Message>> poll = receive.handle((messages, error) -> {
                    receives.remove(receive);
                    bytes.end(permit, messages);
                    if (permit.probe()) {
                        turns.received(
                                messages == null || messages.isEmpty()
                                        ? null
                                        : messages.iterator().next().messageId());
                    }
                    return outcome(messages, error);
                })
                .thenCompose(outcome -> outcome);
        if (ended) {
            receive.cancel(true);
        }
        return poll;
    }

    private CompletableFuture<Collection<Message>> outcome(
            @Nullable Collection<Message> messages, @Nullable Throwable error) {
        if (messages != null) {
            failures.set(0);
            report.polled();
            return CompletableFuture.completedFuture(messages);
        }
        if (ended || error == null) {
            return CompletableFuture.completedFuture(List.of());
        }
        report.pollFailed(error);
        long pause = Math.min(FIRST_PAUSE_MILLIS << Math.min(failures.getAndIncrement(), 10), LONGEST_PAUSE_MILLIS);
        return nothingMore.copy().completeOnTimeout(List.of(), pause, TimeUnit.MILLISECONDS);
    }

    /** Ends the polls under way; those that follow wait for {@link #letGo}. */
    void endPolls() {
        ended = true;
        receives.forEach(receive -> receive.cancel(true));
    }

    /** The container is about to stop: the polls that wait end, and those that still follow end at once. */
    void letGo() {
        nothingMore.complete(List.of());
    }

    /** Makes the one source of a container, anew at each start, and has its sink. */
    static final class Factory extends StandardSqsComponentFactory<ReceivedMessage> {

        private final ProbeScheduler turns;

        private final ReceivedBytes bytes;

        private final InputReport report;

        private final MessageSink<ReceivedMessage> sink;

        private volatile PollingSource source;

        Factory(ProbeScheduler turns, ReceivedBytes bytes, InputReport report, MessageSink<ReceivedMessage> sink) {
            this.turns = turns;
            this.bytes = bytes;
            this.report = report;
            this.sink = sink;
            this.source = new PollingSource(turns, bytes, report);
        }

        @Override
        public MessageSink<ReceivedMessage> createMessageSink(SqsContainerOptions options) {
            return sink;
        }

        @Override
        public MessageSource<ReceivedMessage> createMessageSource(SqsContainerOptions options) {
            source = new PollingSource(turns, bytes, report);
            return source;
        }

        PollingSource source() {
            return source;
        }
    }
}
