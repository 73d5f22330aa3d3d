package dev.attache.delivery.relay;

import dev.attache.delivery.relay.SmtpConnection.LostException;
import dev.attache.delivery.relay.SmtpEnd.Stage;
import java.time.Duration;

/**
 * Sends by SMTP, through any relay. What a reply is about depends on the command it answers (RFC 5321, section 4.2; the
 * model is Postfix's queue manager): until the sender is accepted it is the relay, from then on it is this mail.
 */
final class SmtpTransport implements MailTransport {

    private final SmtpConnections connections;

    private final Duration verdictTimeout;

    private final String sender;

    /**
     * @param verdictTimeout how long the answer to a whole mail is waited for
     * @param sender the envelope sender of mails whose source has none of its own
     */
    SmtpTransport(SmtpConnections connections, Duration verdictTimeout, String sender) {
        this.connections = connections;
        this.verdictTimeout = verdictTimeout;
        this.sender = sender;
    }

    @Override
    public void send(OutgoingMail mail) {
        byte[] content = mail.content();
        SmtpConnection connection = connections.borrow();
        boolean usable = false;
        try {
            try {
                begin(connection, mail);
            } catch (SmtpEnd end) {
                if (connection.mails() == 0 || !end.isOfConnectionBeforeData()) {
                    throw end;
                }
                // It was used before and may have been closed meanwhile: once more, on a new one.
                connection = connections.replace(connection);
                begin(connection, mail);
            }
            finish(connection, content);
            usable = true;
        } catch (SmtpEnd end) {
            usable = !end.isOfConnection() && resets(connection);
            throw end.meaning(mail.ownEnvelope());
        } finally {
            connection.mailEnded();
            if (usable) {
                connections.giveBack(connection);
            } else {
                connections.discard(connection);
            }
        }
    }

    private static void begin(SmtpConnection connection, OutgoingMail mail) throws SmtpEnd {
        require(Stage.SENDER, command(connection, Stage.SENDER, "MAIL FROM:<" + mail.envelopeFrom() + ">"));
        require(Stage.RECIPIENT, command(connection, Stage.RECIPIENT, "RCPT TO:<" + mail.recipient() + ">"));
        try {
            SmtpReply reply = connection.startData();
            if (reply.code() != SmtpReply.START_MAIL_INPUT) {
                throw SmtpEnd.by(Stage.DATA, reply);
            }
        } catch (LostException e) {
            throw SmtpEnd.lost(Stage.DATA, e);
        }
    }

    private void finish(SmtpConnection connection, byte[] content) throws SmtpEnd {
        try {
            connection.write(content);
        } catch (LostException e) {
            throw SmtpEnd.lost(Stage.CONTENT, e);
        }
        try {
            require(Stage.VERDICT, connection.awaitVerdict(verdictTimeout));
        } catch (LostException e) {
            throw SmtpEnd.lost(Stage.VERDICT, e);
        }
    }

    private static SmtpReply command(SmtpConnection connection, Stage stage, String line) throws SmtpEnd {
        try {
            return connection.command(line);
        } catch (LostException e) {
            throw SmtpEnd.lost(stage, e);
        }
    }

    private static void require(Stage stage, SmtpReply reply) throws SmtpEnd {
        if (!reply.isPositive()) {
            throw SmtpEnd.by(stage, reply);
        }
    }

    /** Ends a transaction that the relay has refused. */
    private static boolean resets(SmtpConnection connection) {
        try {
            return connection.command("RSET").isPositive();
        } catch (LostException e) {
            return false;
        }
    }

    @Override
    public boolean canProbe() {
        return true;
    }

    /**
     * Goes as far as the sender, for a relay that gives sessions may take mails from nobody. With an open connection
     * where there is one: a relay may permit no other.
     */
    @Override
    public void probe() {
        SmtpConnection connection = connections.borrow();
        boolean usable = false;
        try {
            try {
                requireSender(connection);
            } catch (SmtpEnd end) {
                if (connection.mails() == 0 || !end.isOfConnectionBeforeData()) {
                    throw end;
                }
                connection = connections.replace(connection);
                requireSender(connection);
            }
            usable = resets(connection);
        } catch (SmtpEnd end) {
            throw end.meaning(false);
        } finally {
            connection.mailEnded();
            if (usable) {
                connections.giveBack(connection);
            } else {
                connections.discard(connection);
            }
        }
    }

    private void requireSender(SmtpConnection connection) throws SmtpEnd {
        require(Stage.SENDER, command(connection, Stage.SENDER, "MAIL FROM:<" + sender + ">"));
    }

    @Override
    public void close() {
        connections.close();
    }
}
