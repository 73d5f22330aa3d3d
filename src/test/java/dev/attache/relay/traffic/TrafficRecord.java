package dev.attache.relay.traffic;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Everything that a server has received so far. Thread-safe; its lists are copies. */
public final class TrafficRecord {

    private final InstantSource clock;
    private final List<AcceptedMail> mails = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private final List<ConnectionRecord> connections = new ArrayList<>();
    private int open;
    private int mostOpen;

    public TrafficRecord(InstantSource clock) {
        this.clock = clock;
    }

    public Instant now() {
        return clock.instant();
    }

    /** @return the new connection's number */
    public synchronized int opened() {
        connections.add(ConnectionRecord.opened(connections.size() + 1, now()));
        open++;
        mostOpen = Math.max(mostOpen, open);
        return connections.size();
    }

    public synchronized void closed(int connection) {
        if (connection(connection).open()) {
            open--;
            change(connection, c -> c.withClosed(now()));
        }
    }

    public synchronized void encrypted(int connection) {
        change(connection, ConnectionRecord::withTls);
    }

    public synchronized void authenticated(int connection, Authentication accepted) {
        change(connection, c -> c.withAuthentication(accepted));
    }

    public synchronized void command(int connection, String line) {
        commands.add(new Command(connection, now(), line));
    }

    public synchronized void accepted(int connection, String from, List<String> recipients, ReceivedMessage message) {
        mails.add(new AcceptedMail(from, List.copyOf(recipients), message, now(), connection));
        change(connection, ConnectionRecord::withOneMoreMail);
    }

    public synchronized List<AcceptedMail> mails() {
        return List.copyOf(mails);
    }

    public synchronized int mailCount() {
        return mails.size();
    }

    public synchronized List<Command> commands() {
        return List.copyOf(commands);
    }

    public synchronized List<ConnectionRecord> connections() {
        return List.copyOf(connections);
    }

    public synchronized ConnectionRecord connection(int number) {
        return connections.get(number - 1);
    }

    public synchronized int open() {
        return open;
    }

    public synchronized int mostOpen() {
        return mostOpen;
    }

    private void change(int connection, UnaryOperator<ConnectionRecord> change) {
        connections.set(connection - 1, change.apply(connection(connection)));
    }
}
