package dev.attache.delivery.relay;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Where the relay is, and how a session with it is opened.
 *
 * @param protocol {@code smtp} or {@code smtps}
 * @param port -1 for the protocol's own
 * @param properties Jakarta Mail's
 * @param timers closes connections on which writing takes too long; shared, where Angus Mail would start a thread for
 *     each
 */
record SmtpServerSettings(
        String protocol,
        @Nullable String host,
        int port,
        @Nullable String username,
        @Nullable String password,
        Properties properties,
        ScheduledExecutorService timers) {

    /** Milliseconds. Jakarta Mail waits for ever where none is set. */
    private static final Map<String, String> TIMEOUTS =
            Map.of("connectiontimeout", "10000", "timeout", "20000", "writetimeout", "20000");

    /**
     * Banner, EHLO twice, STARTTLS, AUTH of up to three steps, MAIL, RCPT, DATA; the last three once more on a new
     * connection.
     */
    private static final int MOST_REPLIES = 12;

    SmtpServerSettings {
        Properties complete = new Properties();
        complete.putAll(properties);
        String prefix = "mail." + protocol;
        TIMEOUTS.forEach((name, value) -> complete.putIfAbsent(prefix + "." + name, value));
        // The relay's good-bye says nothing about a mail, and is not waited for.
        complete.putIfAbsent(prefix + ".quitwait", "false");
        complete.put(prefix + ".executor.writetimeout", timers);
        properties = complete;
    }

    String name() {
        return host + (port > 0 ? ":" + port : "");
    }

    /** How long a mail may take from its first command until all of it is written: all waits together. */
    Duration longestUntilWritten() {
        return timeout("connectiontimeout")
                .plus(timeout("timeout").multipliedBy(MOST_REPLIES))
                .plus(timeout("writetimeout"));
    }

    private Duration timeout(String name) {
        return Duration.ofMillis(Long.parseLong(String.valueOf(properties.get("mail." + protocol + "." + name))));
    }

    SmtpConnection connect() throws MessagingException {
        Properties ofConnection = new Properties();
        ofConnection.putAll(properties);
        ObservedSockets sockets = new ObservedSockets();
        sockets.install(ofConnection, "mail." + protocol);
        SmtpConnection connection = new SmtpConnection(Session.getInstance(ofConnection), protocol, sockets);
        connection.connect(host, port, username, password);
        return connection;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "SmtpServerSettings[" + name() + "]";
    }
}
