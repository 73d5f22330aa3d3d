package dev.attache.delivery.relay;

import dev.attache.delivery.relay.MailRefusedException.Refused;
import org.jspecify.annotations.Nullable;

/** A mail's SMTP transaction ended without the relay having taken the mail, as far as is known. */
final class SmtpEnd extends Exception {

    /** What was waited for. */
    enum Stage {
        /** The reply to MAIL FROM. */
        SENDER,
        /** The reply to RCPT TO. */
        RECIPIENT,
        /** The reply to DATA. */
        DATA,
        /** The message was being written. */
        CONTENT,
        /** The reply to the dot after the message. */
        VERDICT
    }

    private final Stage stage;

    private final @Nullable SmtpReply reply;

    /** @param reply absent when the connection was lost */
    private SmtpEnd(Stage stage, @Nullable SmtpReply reply, @Nullable Throwable cause) {
        super(stage.name(), cause);
        this.stage = stage;
        this.reply = reply;
    }

    static SmtpEnd lost(Stage stage, Throwable cause) {
        return new SmtpEnd(stage, null, cause);
    }

    static SmtpEnd by(Stage stage, SmtpReply reply) {
        return new SmtpEnd(stage, reply.code() < 0 ? null : reply, null);
    }

    /** Whether nothing was sent yet that another connection could not say as well. */
    boolean isOfConnectionBeforeData() {
        return stage.compareTo(Stage.CONTENT) < 0 && isOfConnection();
    }

    /** Whether the connection is of no more use. */
    boolean isOfConnection() {
        return reply == null || reply.code() == SmtpReply.CLOSING;
    }

    /**
     * What it means for the mail and for the relay.
     *
     * @param ownEnvelope whether the envelope's sender is the mail's source's own
     */
    MailNotSentException meaning(boolean ownEnvelope) {
        if (reply == null) {
            return lost();
        }
        String said = "(SMTP reply %s to %s)".formatted(reply.masked(), command());
        if (reply.code() == SmtpReply.CLOSING) {
            return new RelayDownException("The mail relay closes the connection " + said, reply.words(), null);
        }
        if (stage == Stage.SENDER && !ownEnvelope) {
            return new RelayDownException(
                    "The mail relay does not take mails from attache.mail.from " + said, reply.words(), null);
        }
        if (reply.isPermanent()) {
            return switch (refused()) {
                case ADDRESS ->
                    new MailRefusedException(
                            "The mail relay says that there is no such recipient " + said,
                            reply.words(),
                            Refused.ADDRESS);
                case ENVELOPE ->
                    new MailRefusedException(
                            "The mail relay does not take mails from this source's envelope-from " + said,
                            reply.words(),
                            Refused.ENVELOPE);
                case MAIL ->
                    new MailRefusedException(
                            "The mail relay refused the mail for good " + said, reply.words(), Refused.MAIL);
            };
        }
        return new MailDeferredException("The mail relay did not take the mail yet " + said, reply.words(), null);
    }

    private Refused refused() {
        if (stage == Stage.SENDER) {
            return Refused.ENVELOPE;
        }
        return reply != null && reply.saysAddressIsInvalid() ? Refused.ADDRESS : Refused.MAIL;
    }

    private MailNotSentException lost() {
        return switch (stage) {
            case SENDER -> new RelayDownException("The connection to the mail relay was lost", null, getCause());
            case RECIPIENT, DATA, CONTENT ->
                new MailDeferredException(
                        "The connection to the mail relay was lost at " + command(), null, getCause());
            case VERDICT ->
                new DeliveryUncertainException(
                        "The mail relay has the whole mail and did not say whether it takes it", getCause());
        };
    }

    private String command() {
        return switch (stage) {
            case SENDER -> "MAIL FROM";
            case RECIPIENT -> "RCPT TO";
            case DATA -> "DATA";
            case CONTENT, VERDICT -> "the mail's content";
        };
    }
}
