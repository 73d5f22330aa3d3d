package dev.attache.delivery.relay;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.function.Consumer;

/** Relays and failures of relays. */
public final class Relays {

    /** What the relays of tests reply. */
    public static final String ACCEPTED = "250 2.0.0 Ok: queued as 4A3";

    private Relays() {}

    /** A relay without limits. */
    public static Relay open(Consumer<OutgoingMail> transport) {
        return new Relay(
                accepting(transport),
                CircuitBreaker.ofDefaults("mail"),
                CircuitBreaker.ofDefaults("mail-sender"),
                Double.POSITIVE_INFINITY,
                100,
                Duration.ofSeconds(5));
    }

    /** A transport whose relay accepts every mail that this does not refuse by an exception. */
    public static MailTransport accepting(Consumer<OutgoingMail> mails) {
        return mail -> {
            mails.accept(mail);
            return ACCEPTED;
        };
    }

    /** It is unknown whether the relay accepted the mail. */
    public static DeliveryUncertainException uncertain() {
        return new DeliveryUncertainException("no answer", null);
    }

    public static RelayDownException down() {
        return new RelayDownException("down", null, null);
    }

    /** @param reply the relay's reply, also the message of the cause */
    public static RelayDownException downWith(String reply) {
        return new RelayDownException(
                "The mail relay accepts no session (SMTP reply 550 5.7.1)", reply, new IllegalStateException(reply));
    }

    /** A connection that was lost during a mail. */
    public static MailDeferredException lost() {
        return new MailDeferredException("The connection to the mail relay was lost at RCPT TO", null, null);
    }

    /** @param reply the relay's reply */
    public static MailRefusedException refused(String reply, boolean addressInvalid) {
        return new MailRefusedException(
                "The mail relay refused the mail permanently",
                reply,
                addressInvalid ? MailRefusedException.Reason.RECIPIENT : MailRefusedException.Reason.OTHER);
    }

    public static MailDeferredException deferred(String reply) {
        return new MailDeferredException("The mail relay deferred the mail", reply, null);
    }
}
