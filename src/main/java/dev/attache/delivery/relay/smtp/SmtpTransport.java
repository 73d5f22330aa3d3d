package dev.attache.delivery.relay.smtp;

import dev.attache.delivery.relay.MailTransport;
import dev.attache.delivery.relay.OutgoingMail;
import dev.attache.delivery.relay.smtp.SmtpConnection.ConnectionLostException;
import dev.attache.delivery.relay.smtp.SmtpTransactionException.Stage;
import java.time.Duration;

/**
 * Sends mails by SMTP. The meaning of a reply depends on its command (RFC 5321, section 4.2): replies up to MAIL FROM
 * concern the relay, later ones the mail. Postfix's queue manager makes the same distinction.
 */
final class SmtpTransport implements MailTransport {

    private final SmtpConnectionPool pool;

    private final Duration finalReplyTimeout;

    private final String sender;

    /**
     * Creates a transport that owns the pool.
     *
     * @param finalReplyTimeout how long to wait for the reply to the final dot
     * @param sender the envelope sender of mails whose source has none
     */
    SmtpTransport(SmtpConnectionPool pool, Duration finalReplyTimeout, String sender) {
        this.pool = pool;
        this.finalReplyTimeout = finalReplyTimeout;
        this.sender = sender;
    }

    @Override
    public String send(OutgoingMail mail) {
        byte[] content = mail.content();
        SmtpConnection connection = pool.borrow();
        boolean usable = false;
        try {
            try {
                startTransaction(connection, mail);
            } catch (SmtpTransactionException e) {
                if (connection.mails() == 0 || !e.isRepeatable()) {
                    throw e;
                }
                // The relay may have closed the idle connection: repeat the transaction on a new one.
                connection = pool.replace(connection);
                startTransaction(connection, mail);
            }
            SmtpReply accepted = finish(connection, content);
            usable = true;
            return accepted.singleLine();
        } catch (SmtpTransactionException e) {
            usable = !e.isConnectionFailure() && reset(connection);
            throw e.toMailException(mail.ownEnvelope());
        } finally {
            connection.countMail();
            if (usable) {
                pool.release(connection);
            } else {
                pool.discard(connection);
            }
        }
    }

    private static void startTransaction(SmtpConnection connection, OutgoingMail mail) throws SmtpTransactionException {
        require(Stage.SENDER, command(connection, Stage.SENDER, "MAIL FROM:<" + mail.envelopeFrom() + ">"));
        require(Stage.RECIPIENT, command(connection, Stage.RECIPIENT, "RCPT TO:<" + mail.recipient() + ">"));
        try {
            SmtpReply reply = connection.startData();
            if (reply.code() != SmtpReply.START_MAIL_INPUT) {
                throw SmtpTransactionException.refused(Stage.DATA, reply);
            }
        } catch (ConnectionLostException e) {
            throw SmtpTransactionException.lost(Stage.DATA, e);
        }
    }

    /** Returns the reply that accepts the mail. */
    private SmtpReply finish(SmtpConnection connection, byte[] content) throws SmtpTransactionException {
        try {
            connection.write(content);
        } catch (ConnectionLostException e) {
            throw SmtpTransactionException.lost(Stage.CONTENT, e);
        }
        try {
            SmtpReply reply = connection.awaitFinalReply(finalReplyTimeout);
            require(Stage.FINAL_REPLY, reply);
            return reply;
        } catch (ConnectionLostException e) {
            throw SmtpTransactionException.lost(Stage.FINAL_REPLY, e);
        }
    }

    private static SmtpReply command(SmtpConnection connection, Stage stage, String line)
            throws SmtpTransactionException {
        try {
            return connection.command(line);
        } catch (ConnectionLostException e) {
            throw SmtpTransactionException.lost(stage, e);
        }
    }

    private static void require(Stage stage, SmtpReply reply) throws SmtpTransactionException {
        if (!reply.isPositive()) {
            throw SmtpTransactionException.refused(stage, reply);
        }
    }

    /**
     * Ends a transaction.
     *
     * @return whether the connection can be used again
     */
    private static boolean reset(SmtpConnection connection) {
        try {
            return connection.command("RSET").isPositive();
        } catch (ConnectionLostException e) {
            return false;
        }
    }

    @Override
    public boolean canProbe() {
        return true;
    }

    /**
     * Sends commands up to MAIL FROM, because a relay that accepts sessions may still refuse our sender. It uses an
     * open connection if there is one, because the relay may permit no other.
     */
    @Override
    public void probe() {
        SmtpConnection connection = pool.borrow();
        boolean usable = false;
        try {
            try {
                requireSender(connection);
            } catch (SmtpTransactionException e) {
                if (connection.mails() == 0 || !e.isRepeatable()) {
                    throw e;
                }
                connection = pool.replace(connection);
                requireSender(connection);
            }
            usable = reset(connection);
        } catch (SmtpTransactionException e) {
            throw e.toMailException(false);
        } finally {
            connection.countMail();
            if (usable) {
                pool.release(connection);
            } else {
                pool.discard(connection);
            }
        }
    }

    private void requireSender(SmtpConnection connection) throws SmtpTransactionException {
        require(Stage.SENDER, command(connection, Stage.SENDER, "MAIL FROM:<" + sender + ">"));
    }

    @Override
    public void close() {
        pool.close();
    }
}
