package dev.attache.delivery.relay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The whole mail was sent, but no reply came: the relay may have accepted the mail or not (RFC 1047). */
public final class DeliveryUncertainException extends MailNotSentException {

    private final @Nullable Duration retryAfter;

    public DeliveryUncertainException(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    private DeliveryUncertainException(String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, null, cause);
        this.retryAfter = retryAfter;
    }

    /** A copy that asks for one more attempt after this time. */
    public DeliveryUncertainException retryAfter(Duration time) {
        return new DeliveryUncertainException(String.valueOf(getMessage()), this, time);
    }

    /** When to try again; null if the mail must not be sent again. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
