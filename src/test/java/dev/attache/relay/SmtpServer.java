package dev.attache.relay;

import dev.attache.relay.behaviour.Behaviour;
import dev.attache.relay.behaviour.Behaviours;
import dev.attache.relay.traffic.AcceptedMail;
import dev.attache.relay.traffic.Command;
import dev.attache.relay.traffic.ConnectionRecord;
import dev.attache.relay.traffic.TrafficRecord;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An SMTP server on a free port of 127.0.0.1, for tests. Its {@link Behaviour} can be changed at any time, also for
 * open connections, from their next stage on. Lists that it returns are copies, oldest entry first.
 */
public final class SmtpServer implements AutoCloseable {

    private final SmtpSettings settings;
    private final TrafficRecord traffic;
    private final Script script = new Script(Behaviours.acceptAll());
    private final Set<SmtpConnection> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ServerPort port;

    public SmtpServer() {
        this(SmtpSettings.standard());
    }

    public SmtpServer(SmtpSettings settings) {
        this.settings = settings;
        if (settings.startTls()) {
            // Now, or a client's timeout would have to cover it.
            SelfSignedCertificate.localhost();
        }
        this.traffic = new TrafficRecord(settings.clock());
        this.port = new ServerPort(this::begin);
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port.number();
    }

    /** @return this server */
    public SmtpServer behave(Behaviour behaviour) {
        script.behave(behaviour);
        return this;
    }

    /** Ends all current silences; later ones last until the next call. */
    public void release() {
        script.release();
    }

    /** The number of connections on which the server is silent. */
    public int silentConnections() {
        return script.silent();
    }

    /** Begins an outage: resets all connections and refuses new ones. Does nothing during an outage. */
    public void refuseConnections() {
        port.refuse();
        resetConnections();
    }

    /** Ends an outage, on the same port. */
    public void acceptConnections() {
        port.accept();
    }

    /** Resets all open connections; new ones are accepted. They are listed as closed a little later. */
    public void resetConnections() {
        connections.forEach(SmtpConnection::reset);
    }

    public List<AcceptedMail> mails() {
        return traffic.mails();
    }

    public List<AcceptedMail> mailsTo(String recipient) {
        return mails().stream()
                .filter(mail -> mail.recipients().stream().anyMatch(recipient::equalsIgnoreCase))
                .toList();
    }

    public List<Command> commands() {
        return traffic.commands();
    }

    /** @param connection the connection's number */
    public List<Command> commands(int connection) {
        return commands().stream()
                .filter(command -> command.connection() == connection)
                .toList();
    }

    /** All connections, closed ones included. */
    public List<ConnectionRecord> connections() {
        return traffic.connections();
    }

    public List<ConnectionRecord> openConnections() {
        return connections().stream().filter(ConnectionRecord::open).toList();
    }

    /** The largest number of connections that were open at the same time. */
    public int mostOpenConnections() {
        return traffic.mostOpen();
    }

    private void begin(Socket client) {
        try {
            var connection = new SmtpConnection(client);
            connections.add(connection);
            int number = traffic.opened();
            threads.execute(() -> {
                try {
                    new SmtpConversation(number, connection, settings, script, traffic).run();
                } finally {
                    connections.remove(connection);
                }
            });
        } catch (IOException e) {
            // The client was gone already.
        }
    }

    /** Resets all connections and waits until all threads have ended. */
    @Override
    public void close() {
        port.close();
        resetConnections();
        threads.shutdownNow();
        threads.close();
    }
}
