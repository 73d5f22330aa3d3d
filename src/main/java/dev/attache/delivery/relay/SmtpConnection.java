package dev.attache.delivery.relay;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * An SMTP session that takes one mail after the other. Angus Mail opens it (EHLO, STARTTLS, AUTH); the commands of a
 * mail are given one by one here, for what a reply means depends on the command that it answers.
 */
final class SmtpConnection extends SMTPTransport {

    /** The connection ended, or no reply came in time. */
    static final class LostException extends Exception {

        LostException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final ObservedSockets sockets;

    /** Where the message goes after DATA; dots at the beginning of lines are doubled there. */
    private OutputStream content = OutputStream.nullOutputStream();

    private int mails;

    private boolean discarded;

    SmtpConnection(Session session, String protocol, ObservedSockets sockets) {
        super(session, new URLName(protocol, null, -1, null, null, null), protocol, protocol.equals("smtps"));
        this.sockets = sockets;
    }

    /** How many mails it has taken or refused so far. */
    int mails() {
        return mails;
    }

    synchronized SmtpReply command(String line) throws LostException {
        try {
            sendCommand(line);
            return reply(readServerResponse());
        } catch (MessagingException e) {
            throw new LostException("the connection was lost", e);
        }
    }

    /** @return the reply to DATA; the message may follow when it is 354 */
    synchronized SmtpReply startData() throws LostException {
        try {
            content = data();
            return reply(SmtpReply.START_MAIL_INPUT);
        } catch (SMTPSendFailedException refused) {
            return new SmtpReply(refused.getReturnCode(), String.valueOf(refused.getMessage()));
        } catch (MessagingException e) {
            throw new LostException("the connection was lost", e);
        }
    }

    /**
     * Sends the message, and the dot after it. When this fails the relay does not have the dot, and so not the mail: it
     * is the last thing that is written.
     *
     * @param message ends with CR LF
     */
    synchronized void write(byte[] message) throws LostException {
        try {
            content.write(message);
            sendCommand(".");
        } catch (IOException | MessagingException e) {
            throw new LostException("the connection was lost while the mail was sent", e);
        }
    }

    /**
     * Waits for the answer to the whole mail.
     *
     * @param atMost RFC 5321, section 4.5.3.2.6, wants ten minutes
     * @throws LostException when none came: the relay may have the mail
     */
    synchronized SmtpReply awaitVerdict(Duration atMost) throws LostException {
        try {
            Duration usual = sockets.setTimeout(atMost);
            SmtpReply verdict = reply(readServerResponse());
            sockets.setTimeout(usual);
            return verdict;
        } catch (IOException | MessagingException e) {
            throw new LostException("the relay did not answer", e);
        }
    }

    /** A mail has ended: with a verdict, or with a refusal before. */
    void mailEnded() {
        mails++;
    }

    /** @return whether it was not discarded before */
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
