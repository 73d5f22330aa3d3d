package dev.attache.delivery.relay.smtp;

import dev.attache.delivery.relay.DeliveryUncertainException;
import dev.attache.delivery.relay.MailDeferredException;
import dev.attache.delivery.relay.MailNotSentException;
import dev.attache.delivery.relay.MailRefusedException;
import dev.attache.delivery.relay.MailRefusedException.Reason;
import dev.attache.delivery.relay.RelayDownException;
import org.jspecify.annotations.Nullable;

/** An SMTP transaction failed: the relay has not accepted the mail, or it is unknown whether it has. */
final class SmtpTransactionException extends Exception {

    /** How far the transaction went. */
    enum Stage {
        /** Waiting for the reply to MAIL FROM. */
        SENDER,
        /** Waiting for the reply to RCPT TO. */
        RECIPIENT,
        /** Waiting for the reply to DATA. */
        DATA,
        /** Writing the message. */
        CONTENT,
        /** Waiting for the reply to the final dot. */
        FINAL_REPLY
    }

    private final Stage stage;

    private final @Nullable SmtpReply reply;

    /** @param reply null if the connection was lost */
    private SmtpTransactionException(Stage stage, @Nullable SmtpReply reply, @Nullable Throwable cause) {
        super(stage.name(), cause);
        this.stage = stage;
        this.reply = reply;
    }

    static SmtpTransactionException lost(Stage stage, Throwable cause) {
        return new SmtpTransactionException(stage, null, cause);
    }

    static SmtpTransactionException refused(Stage stage, SmtpReply reply) {
        return new SmtpTransactionException(stage, reply.code() < 0 ? null : reply, null);
    }

    /** Whether the connection failed before the message was written, so that the transaction can be repeated. */
    boolean isRepeatable() {
        return stage.compareTo(Stage.CONTENT) < 0 && isConnectionFailure();
    }

    /** Whether the connection can no longer be used. */
    boolean isConnectionFailure() {
        return reply == null || reply.code() == SmtpReply.CLOSING;
    }

    /**
     * What the failure means for the mail and for the relay.
     *
     * @param ownEnvelope whether the envelope sender is the source's own address
     */
    MailNotSentException toMailException(boolean ownEnvelope) {
        if (reply == null) {
            return lost();
        }
        String details = "(SMTP reply %s to %s)".formatted(reply.masked(), command());
        if (reply.code() == SmtpReply.CLOSING) {
            return new RelayDownException("The mail relay closes the connection " + details, reply.singleLine(), null);
        }
        if (stage == Stage.SENDER && !ownEnvelope) {
            return new RelayDownException(
                    "The mail relay does not accept mails from attache.mail.from " + details, reply.singleLine(), null);
        }
        if (reply.isPermanent()) {
            return switch (reason()) {
                case RECIPIENT ->
                    new MailRefusedException(
                            "The mail relay says that the recipient does not exist " + details,
                            reply.singleLine(),
                            Reason.RECIPIENT);
                case ENVELOPE_SENDER ->
                    new MailRefusedException(
                            "The mail relay does not accept mails from this source's envelope-from " + details,
                            reply.singleLine(),
                            Reason.ENVELOPE_SENDER);
                case OTHER ->
                    new MailRefusedException(
                            "The mail relay refused the mail permanently " + details, reply.singleLine(), Reason.OTHER);
            };
        }
        return new MailDeferredException("The mail relay deferred the mail " + details, reply.singleLine(), null);
    }

    private Reason reason() {
        if (stage == Stage.SENDER) {
            return Reason.ENVELOPE_SENDER;
        }
        return reply != null && reply.saysAddressIsInvalid() ? Reason.RECIPIENT : Reason.OTHER;
    }

    private MailNotSentException lost() {
        return switch (stage) {
            case SENDER -> new RelayDownException("The connection to the mail relay was lost", null, getCause());
            case RECIPIENT, DATA, CONTENT ->
                new MailDeferredException(
                        "The connection to the mail relay was lost at " + command(), null, getCause());
            case FINAL_REPLY ->
                new DeliveryUncertainException(
                        "The mail relay received the whole mail, but did not say whether it accepts it", getCause());
        };
    }

    private String command() {
        return switch (stage) {
            case SENDER -> "MAIL FROM";
            case RECIPIENT -> "RCPT TO";
            case DATA -> "DATA";
            case CONTENT, FINAL_REPLY -> "the mail's content";
        };
    }
}
