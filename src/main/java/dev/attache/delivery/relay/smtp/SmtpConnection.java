package dev.attache.delivery.relay.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * An SMTP session that sends one mail after the other. Angus Mail opens it (EHLO, STARTTLS, AUTH). The commands of a
 * mail are sent one by one here, because the meaning of a reply depends on its command.
 */
final class SmtpConnection extends SMTPTransport {

    /** The connection was lost, or no reply came in time. */
    static final class ConnectionLostException extends Exception {

        ConnectionLostException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final SocketTimeouts timeouts;

    /** The stream for the message after DATA; it adds a dot to lines that start with one (dot stuffing). */
    private OutputStream content = OutputStream.nullOutputStream();

    private int mails;

    private boolean discarded;

    SmtpConnection(Session session, String protocol, SocketTimeouts timeouts) {
        super(session, new URLName(protocol, null, -1, null, null, null), protocol, protocol.equals("smtps"));
        this.timeouts = timeouts;
    }

    /** The number of mails that were sent or tried on this connection. */
    int mails() {
        return mails;
    }

    /** Sends a command and reads the reply. */
    synchronized SmtpReply command(String line) throws ConnectionLostException {
        try {
            sendCommand(line);
            return reply(readServerResponse());
        } catch (MessagingException e) {
            throw new ConnectionLostException("the connection was lost", e);
        }
    }

    /**
     * Sends DATA.
     *
     * @return the reply; the message may follow if it is 354
     */
    synchronized SmtpReply startData() throws ConnectionLostException {
        try {
            content = data();
            return reply(SmtpReply.START_MAIL_INPUT);
        } catch (SMTPSendFailedException refused) {
            return new SmtpReply(refused.getReturnCode(), String.valueOf(refused.getMessage()));
        } catch (MessagingException e) {
            throw new ConnectionLostException("the connection was lost", e);
        }
    }

    /**
     * Sends the message and the final dot. If this fails, the relay does not have the final dot, which is written last,
     * and so has not accepted the mail.
     *
     * @param message ends with CR LF
     */
    synchronized void write(byte[] message) throws ConnectionLostException {
        try {
            content.write(message);
            sendCommand(".");
        } catch (IOException | MessagingException e) {
            throw new ConnectionLostException("the connection was lost while the mail was being sent", e);
        }
    }

    /**
     * Waits for the reply to the final dot, which says whether the relay accepts the mail.
     *
     * @param timeout RFC 5321, section 4.5.3.2.6, recommends ten minutes
     * @throws ConnectionLostException if there was no reply: the relay may have accepted the mail
     */
    synchronized SmtpReply awaitFinalReply(Duration timeout) throws ConnectionLostException {
        try {
            Duration previous = timeouts.setReadTimeout(timeout);
            SmtpReply finalReply = reply(readServerResponse());
            timeouts.setReadTimeout(previous);
            return finalReply;
        } catch (IOException | MessagingException e) {
            throw new ConnectionLostException("the relay did not answer", e);
        }
    }

    /** Counts a mail, whatever its result. */
    void countMail() {
        mails++;
    }

    /**
     * Marks the connection as unusable.
     *
     * @return whether it was usable before
     */
    synchronized boolean discard() {
        boolean first = !discarded;
        discarded = true;
        return first;
    }

    synchronized boolean isDiscarded() {
        return discarded;
    }

    private SmtpReply reply(int code) {
        return new SmtpReply(code, String.valueOf(getLastServerResponse()));
    }
}
