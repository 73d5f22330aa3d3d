package dev.attache.delivery.relay.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The address of the relay, and the settings of its sessions.
 *
 * @param protocol {@code smtp} or {@code smtps}
 * @param port -1 for the protocol's default
 * @param properties the properties of the Jakarta Mail session
 * @param timers enforces the write timeouts. It is shared; otherwise Angus Mail starts a thread per connection
 */
record SmtpServerSettings(
        String protocol,
        @Nullable String host,
        int port,
        @Nullable String username,
        @Nullable String password,
        Properties properties,
        ScheduledExecutorService timers) {

    /** Default timeouts in milliseconds. Jakarta Mail has none. */
    private static final Map<String, String> DEFAULT_TIMEOUTS =
            Map.of("connectiontimeout", "10000", "timeout", "20000", "writetimeout", "20000");

    /**
     * The most replies until the message is written: banner, EHLO twice, STARTTLS, AUTH with up to three steps, MAIL,
     * RCPT, DATA, and the last two again on a new connection.
     */
    private static final int MOST_REPLIES = 12;

    SmtpServerSettings {
        Properties complete = new Properties();
        complete.putAll(properties);
        String prefix = "mail." + protocol;
        DEFAULT_TIMEOUTS.forEach((name, value) -> complete.putIfAbsent(prefix + "." + name, value));
        // The reply to QUIT says nothing about a mail, so do not wait for it.
        complete.putIfAbsent(prefix + ".quitwait", "false");
        complete.put(prefix + ".executor.writetimeout", timers);
        properties = complete;
    }

    /** Host and port, for messages. */
    String name() {
        return host + (port > 0 ? ":" + port : "");
    }

    /** The longest time from the first command of a mail until its message is written: the sum of all timeouts. */
    Duration longestUntilWritten() {
        return timeout("connectiontimeout")
                .plus(timeout("timeout").multipliedBy(MOST_REPLIES))
                .plus(timeout("writetimeout"));
    }

    private Duration timeout(String name) {
        return Duration.ofMillis(Long.parseLong(String.valueOf(properties.get("mail." + protocol + "." + name))));
    }

    /** Opens a session. */
    SmtpConnection connect() throws MessagingException {
        Properties ofConnection = new Properties();
        ofConnection.putAll(properties);
        SocketTimeouts timeouts = new SocketTimeouts();
        timeouts.install(ofConnection, "mail." + protocol);
        SmtpConnection connection = new SmtpConnection(Session.getInstance(ofConnection), protocol, timeouts);
        connection.connect(host, port, username, password);
        return connection;
    }

    /** Contains no credentials. */
    @Override
    public String toString() {
        return "SmtpServerSettings[" + name() + "]";
    }
}
