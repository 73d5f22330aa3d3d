package dev.attache.binder.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.support.ErrorMessage;
import org.springframework.messaging.support.GenericMessage;

class ErrorReportingPublisherTests {

    private final List<Message<?>> errors = new ArrayList<>();

    private final CompletableFuture<Object> publication = new CompletableFuture<>();

    private final Message<String> message = new GenericMessage<>("out");

    private CompletableFuture<?> publish() {
        return new ErrorReportingPublisher(any -> publication, (error, timeout) -> errors.add(error), "events")
                .publish(message);
    }

    @Test
    void aFailedPublicationIsSentToTheErrorChannelAndStillFails() {
        CompletableFuture<?> published = publish();
        publication.completeExceptionally(new CompletionException(new ConnectException("SNS is away")));

        assertThat(published).isCompletedExceptionally();
        assertThat(errors).singleElement().isInstanceOfSatisfying(ErrorMessage.class, error -> {
            assertThat(error.getOriginalMessage()).isSameAs(message);
            assertThat(error.getPayload())
                    .isInstanceOf(MessageHandlingException.class)
                    .hasMessageContaining("events")
                    .cause()
                    .isInstanceOf(ConnectException.class);
        });
    }

    @Test
    void aPublicationThatSucceedsOrIsCancelledIsNotAnError() {
        publication.complete("id");
        assertThat(publish().join()).isEqualTo("id");

        CompletableFuture<Object> cancelled = new CompletableFuture<>();
        cancelled.cancel(false);
        var _ = new ErrorReportingPublisher(any -> cancelled, (error, timeout) -> errors.add(error), "events")
                .publish(message);

        assertThat(errors).isEmpty();
    }

    @Test
    void whoeverWaitsForAFailedPublicationFindsTheErrorReported() {
        List<Integer> reportedBefore = new ArrayList<>();
        CompletableFuture<?> published = publish();
        var _ = published.whenComplete((done, error) -> reportedBefore.add(errors.size()));

        publication.completeExceptionally(new ConnectException("SNS is away"));

        assertThat(reportedBefore).containsExactly(1);
    }

    @Test
    void aPublicationIsCancelledWithItsReport() {
        publish().cancel(true);

        assertThat(publication).isCancelled();
        assertThat(errors).isEmpty();
    }

    @Test
    void aStoppedOutputRefusesMessages() {
        OutboundHandler output = new OutboundHandler(any -> publication, "events");
        publication.complete("id");
        assertThatExceptionOfType(MessageHandlingException.class)
                .isThrownBy(() -> output.handleMessage(message))
                .withMessageContaining("The output to events is stopped");

        output.start();
        output.handleMessage(message);

        assertThat(output.isRunning()).isTrue();
    }
}
