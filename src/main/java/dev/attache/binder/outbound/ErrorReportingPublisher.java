package dev.attache.binder.outbound;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.support.ErrorMessage;

/**
 * Sends an {@link ErrorMessage} to the error channel of an output for each message that could not be published. The
 * publication fails all the same, after the error was sent.
 */
public record ErrorReportingPublisher(Publisher publisher, MessageChannel errors, String destination)
        implements Publisher {

    private static final Logger log = LoggerFactory.getLogger(ErrorReportingPublisher.class);

    @Override
    public CompletableFuture<?> publish(Message<?> message) {
        CompletableFuture<?> published = publisher.publish(message);
        CompletableFuture<?> reported = published.whenComplete((done, error) -> {
            if (error != null && !(error instanceof CancellationException)) {
                report(message, error);
            }
        });
        // A future does not cancel the one that it depends on.
        var _ = reported.whenComplete((done, error) -> {
            if (reported.isCancelled()) {
                published.cancel(true);
            }
        });
        return reported;
    }

    private void report(Message<?> message, Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        try {
            errors.send(new ErrorMessage(
                    new MessageHandlingException(message, "Publishing to " + destination + " failed", cause), message));
        } catch (RuntimeException e) {
            log.warn("The error channel of the output to {} failed", destination, e);
        }
    }
}
