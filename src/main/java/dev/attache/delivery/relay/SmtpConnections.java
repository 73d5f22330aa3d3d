package dev.attache.delivery.relay;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.NoSuchElementException;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections to one relay. Each is used by one mail at a time, and closed when it has been idle or used for
 * long.
 */
final class SmtpConnections implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SmtpConnections.class);

    /** How often idle connections are looked at. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    /**
     * How long a connection is waited for when as many are in use as there may be: short, for the mail's claim runs
     * meanwhile.
     */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** How often the relay's own limit is tried again. */
    private static final Duration RAISE = Duration.ofMinutes(1);

    private final GenericObjectPool<SmtpConnection> pool;

    private final int most;

    private final int mostMails;

    /** When one more connection may be tried, as {@link System#nanoTime}. */
    private long nextRaise;

    /**
     * @param idleTimeout after so long an unused connection is closed; most relays close theirs after 30 s to five
     *     minutes
     * @param mostMails so many mails one connection takes at most
     */
    SmtpConnections(SmtpServerSettings server, int most, Duration idleTimeout, int mostMails) {
        this.most = most;
        this.mostMails = mostMails;
        GenericObjectPoolConfig<SmtpConnection> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(most);
        config.setMaxIdle(most);
        config.setMinEvictableIdleDuration(idleTimeout);
        config.setTimeBetweenEvictionRuns(idleTimeout.compareTo(LOOK) < 0 ? idleTimeout : LOOK);
        config.setNumTestsPerEvictionRun(most);
        config.setTestOnReturn(true);
        config.setJmxEnabled(false);
        this.pool = new GenericObjectPool<>(new Factory(server), config);
    }

    /**
     * An open connection, used before or new. A relay that refuses one more while others are open has a limit of its
     * own: then one of those is waited for, and no more are opened for a while.
     *
     * @throws RelayDownException when none can be opened, and none is open
     * @throws TurnTooLateException when none becomes free in time
     */
    SmtpConnection borrow() {
        allowOneMore();
        try {
            return borrow(LONGEST_WAIT);
        } catch (RelayDownException e) {
            int others = pool.getNumActive() + pool.getNumIdle();
            if (e.reply() == null || others == 0) {
                throw e;
            }
            limitTo(others);
            return borrow(LONGEST_WAIT);
        }
    }

    private synchronized void limitTo(int connections) {
        if (connections < pool.getMaxTotal()) {
            log.info("The mail relay permits {} connections at once", connections);
        }
        pool.setMaxTotal(connections);
        nextRaise = System.nanoTime() + RAISE.toNanos();
    }

    /** A limit is tried again, one connection more a minute. */
    private synchronized void allowOneMore() {
        if (pool.getMaxTotal() < most && System.nanoTime() - nextRaise >= 0) {
            pool.setMaxTotal(pool.getMaxTotal() + 1);
            nextRaise = System.nanoTime() + RAISE.toNanos();
        }
    }

    private SmtpConnection borrow(Duration atMost) {
        try {
            return pool.borrowObject(atMost);
        } catch (NoSuchElementException e) {
            throw new TurnTooLateException();
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TurnTooLateException();
        } catch (Exception e) {
            throw new RelayDownException(
                    "No connection to the mail relay could be opened: "
                            + e.getClass().getSimpleName(),
                    null,
                    e);
        }
    }

    /** A new connection in place of one that was found dead. The idle ones are closed as well: they are as old. */
    SmtpConnection replace(SmtpConnection dead) {
        discard(dead);
        pool.clear();
        return borrow();
    }

    void giveBack(SmtpConnection connection) {
        if (connection.mails() >= mostMails) {
            discard(connection);
        } else {
            pool.returnObject(connection);
        }
    }

    /**
     * Closes the connection. Whatever happens to it then has no say in what became of its mails.
     *
     * <p>It is returned, and found unfit: what the pool calls invalidating would open another one in its place.
     */
    void discard(SmtpConnection connection) {
        if (connection.discard()) {
            pool.returnObject(connection);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private static final class Factory extends BasePooledObjectFactory<SmtpConnection> {

        private final SmtpServerSettings server;

        Factory(SmtpServerSettings server) {
            this.server = server;
        }

        @Override
        public SmtpConnection create() {
            try {
                return server.connect();
            } catch (AuthenticationFailedException e) {
                throw new RelayDownException(
                        "The mail relay %s does not accept our credentials (spring.mail.username and .password)"
                                .formatted(server.name()),
                        e.getMessage(),
                        e);
            } catch (MessagingException e) {
                throw SmtpReply.in(e)
                        .map(reply -> new RelayDownException(
                                "The mail relay %s gives us no session (SMTP reply %s)"
                                        .formatted(server.name(), reply.masked()),
                                reply.words(),
                                e))
                        .orElseGet(() -> new RelayDownException(
                                "The mail relay %s gives us no session: %s".formatted(server.name(), cause(e)),
                                null,
                                e));
            }
        }

        /** The innermost one: "Connection refused" says more than "Could not connect". */
        private static String cause(MessagingException error) {
            Throwable innermost = error;
            while (innermost.getCause() != null) {
                innermost = innermost.getCause();
            }
            return String.valueOf(innermost.getMessage())
                    .strip()
                    .replaceAll("\\s+", " ")
                    .replaceAll("\\S*@\\S*", "(address)");
        }

        @Override
        public PooledObject<SmtpConnection> wrap(SmtpConnection connection) {
            return new DefaultPooledObject<>(connection);
        }

        @Override
        public boolean validateObject(PooledObject<SmtpConnection> pooled) {
            return !pooled.getObject().isDiscarded();
        }

        @Override
        public void destroyObject(PooledObject<SmtpConnection> pooled) throws MessagingException {
            pooled.getObject().close();
        }
    }
}
