package dev.attache.binder;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.awspring.cloud.sqs.listener.SqsContainerOptions;
import io.awspring.cloud.sqs.listener.StandardSqsComponentFactory;
import io.awspring.cloud.sqs.listener.sink.MessageSink;
import io.awspring.cloud.sqs.listener.source.MessageSource;
import io.awspring.cloud.sqs.listener.source.StandardSqsMessageSource;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The container's own source of messages, but its polls can be ended at once. The container itself would wait for them, or
 * cancel them and log each as an error. Until the container is stopped too, whoever polls is kept waiting; so it is while the
 * {@link PollGate} is closed.
 */
final class PollingSource extends StandardSqsMessageSource<ReceivedMessage> {

    private final Set<CompletableFuture<?>> receives = ConcurrentHashMap.newKeySet();

    /** Ends, with nothing found, the polls that are kept waiting. */
    private final CompletableFuture<Collection<Message>> nothingMore = new CompletableFuture<>();

    private final PollGate gate;

    private volatile boolean ended;

    PollingSource(PollGate gate) {
        this.gate = gate;
    }

    @Override
    protected CompletableFuture<Collection<Message>> doPollForMessages(int maxNumberOfMessages) {
        if (ended) {
            return nothingMore.copy();
        }
        CompletableFuture<Void> change = gate.nextChange();
        PollGate.Permit permit = gate.permit(maxNumberOfMessages);
        if (permit.messages() == 0) {
            return change.<Collection<Message>>thenApply(changed -> List.of()).applyToEither(nothingMore, nothing -> nothing);
        }
        CompletableFuture<Collection<Message>> receive = super.doPollForMessages(permit.messages());
        receives.add(receive);
        CompletableFuture<Collection<Message>> poll = receive.handle((messages, error) -> {
            receives.remove(receive);
            if (permit.probe()) {
                gate.probed(messages == null || messages.isEmpty() ? null : messages.iterator().next().messageId());
            }
            return outcome(messages, error);
        }).thenCompose(outcome -> outcome);
        if (ended) {
            receive.cancel(true);
        }
        return poll;
    }

    private CompletableFuture<Collection<Message>> outcome(Collection<Message> messages, Throwable error) {
        if (error == null) {
            return CompletableFuture.completedFuture(messages);
        }
        return ended ? CompletableFuture.completedFuture(List.of()) : CompletableFuture.failedFuture(error);
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

        private final PollGate gate;

        private final MessageSink<ReceivedMessage> sink;

        private volatile PollingSource source;

        Factory(PollGate gate, MessageSink<ReceivedMessage> sink) {
            this.gate = gate;
            this.sink = sink;
            this.source = new PollingSource(gate);
        }

        @Override
        public MessageSink<ReceivedMessage> createMessageSink(SqsContainerOptions options) {
            return sink;
        }

        @Override
        public MessageSource<ReceivedMessage> createMessageSource(SqsContainerOptions options) {
            source = new PollingSource(gate);
            return source;
        }

        PollingSource source() {
            return source;
        }
    }
}
