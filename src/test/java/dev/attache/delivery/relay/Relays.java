package dev.attache.delivery.relay;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.function.Consumer;

/** Relays for tests. */
public final class Relays {

    private Relays() {}

    /** One that holds nothing back. */
    public static Relay open(Consumer<OutgoingMail> transport) {
        return new Relay(
                transport::accept,
                CircuitBreaker.ofDefaults("mail"),
                CircuitBreaker.ofDefaults("mail-sender"),
                Double.POSITIVE_INFINITY,
                100,
                Duration.ofSeconds(5));
    }

    /** What a transport throws when nobody knows whether the mail was taken. */
    public static DeliveryUncertainException uncertain() {
        return new DeliveryUncertainException("no answer", null);
    }

    public static RelayDownException down() {
        return new RelayDownException("down", null, null);
    }

    /** @param reply as the relay said it, which is also what the cause says */
    public static RelayDownException downWith(String reply) {
        return new RelayDownException(
                "The mail relay gives us no session (SMTP reply 550 5.7.1)", reply, new IllegalStateException(reply));
    }

    /** A connection that was lost in the middle of a mail. */
    public static MailDeferredException lost() {
        return new MailDeferredException("The connection to the mail relay was lost at RCPT TO", null, null);
    }

    /** @param reply as the relay said it */
    public static MailRefusedException refused(String reply, boolean addressInvalid) {
        return new MailRefusedException(
                "The mail relay refused the mail for good",
                reply,
                addressInvalid ? MailRefusedException.Refused.ADDRESS : MailRefusedException.Refused.MAIL);
    }

    public static MailDeferredException deferred(String reply) {
        return new MailDeferredException("The mail relay did not take the mail yet", reply, null);
    }
}
