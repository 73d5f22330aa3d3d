package dev.attache.delivery.relay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The whole mail was handed over, and no answer came: the relay may have taken it or not (RFC 1047). */
public final class DeliveryUncertainException extends MailNotSentException {

    private final @Nullable Duration retryAfter;

    DeliveryUncertainException(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    private DeliveryUncertainException(String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, null, cause);
        this.retryAfter = retryAfter;
    }

    /** The same, worth one more attempt after this time. */
    public DeliveryUncertainException retriedAfter(Duration time) {
        return new DeliveryUncertainException(String.valueOf(getMessage()), this, time);
    }

    /** When another attempt is due; absent when none is. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
