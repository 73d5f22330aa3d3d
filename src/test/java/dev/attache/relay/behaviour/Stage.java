package dev.attache.relay.behaviour;

/** The points of an SMTP conversation at which a {@link Behaviour} is asked for an answer. */
public enum Stage {

    /** A client has connected; the standard answer is the 220 banner. */
    CONNECT,
    /** EHLO or HELO. */
    EHLO,
    STARTTLS,
    /** The client has sent its complete credentials; the standard answer is 235 or 535. */
    AUTH,
    MAIL_FROM,
    RCPT_TO,
    /** The DATA command; the message follows only after a reply of 354. */
    DATA,
    /** The final dot: the message has been received in full. */
    END_OF_DATA,
    QUIT,
    /**
     * The server waits for a command. Asked several times per second on each such connection. As there is no command to
     * reply to, only answers that end the connection are carried out.
     */
    IDLE
}
