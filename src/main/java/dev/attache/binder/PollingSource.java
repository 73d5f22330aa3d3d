package dev.attache.binder;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.awspring.cloud.sqs.listener.SqsContainerOptions;
import io.awspring.cloud.sqs.listener.StandardSqsComponentFactory;
import io.awspring.cloud.sqs.listener.source.MessageSource;
import io.awspring.cloud.sqs.listener.source.StandardSqsMessageSource;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The container's own source of messages, but its polls can be ended at once: to the container they then look like polls that
 * found nothing. The container would cancel them itself, and log each as an error.
 */
final class PollingSource extends StandardSqsMessageSource<ReceivedMessage> {

    private final Set<CompletableFuture<?>> receives = ConcurrentHashMap.newKeySet();

    private volatile boolean ended;

    @Override
    protected CompletableFuture<Collection<Message>> doPollForMessages(int maxNumberOfMessages) {
        CompletableFuture<Collection<Message>> receive = super.doPollForMessages(maxNumberOfMessages);
        receives.add(receive);
        CompletableFuture<Collection<Message>> poll = receive.handle((messages, error) -> {
            receives.remove(receive);
            if (error == null) {
                return CompletableFuture.completedFuture(messages);
            }
            return ended ? CompletableFuture.<Collection<Message>>completedFuture(List.of())
                    : CompletableFuture.<Collection<Message>>failedFuture(error);
        }).thenCompose(outcome -> outcome);
        if (ended) {
            receive.cancel(true);
        }
        return poll;
    }

    /** Ends the polls under way and all that may follow. */
    void endPolls() {
        ended = true;
        receives.forEach(receive -> receive.cancel(true));
    }

    /** Makes one source for one container. */
    static final class Factory extends StandardSqsComponentFactory<ReceivedMessage> {

        private volatile PollingSource source = new PollingSource();

        @Override
        public MessageSource<ReceivedMessage> createMessageSource(SqsContainerOptions options) {
            source = new PollingSource();
            return source;
        }

        void endPolls() {
            source.endPolls();
        }
    }
}
