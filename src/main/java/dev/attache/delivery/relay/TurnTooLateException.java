package dev.attache.delivery.relay;

/** A mail's turn did not come in time: the relay takes too few mails a second. Worth another try later. */
public final class TurnTooLateException extends RuntimeException {

    TurnTooLateException() {
        super("The rate at which the mail relay takes mails left no room in time");
    }
}
