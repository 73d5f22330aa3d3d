package dev.attache.delivery.relay;

/** A mail got no permit or no connection in time, because the relay's limits are exhausted. Retryable. */
public final class RelayBusyException extends RuntimeException {

    /** Creates the exception with a fixed message. */
    public RelayBusyException() {
        super("The mail was not sent in time because of the mail relay's limits");
    }
}
