package dev.attache.delivery.relay.smtp;

import dev.attache.delivery.relay.RelayBusyException;
import dev.attache.delivery.relay.RelayDownException;
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
 * A pool of connections to one relay. A connection sends one mail at a time. It is closed when it was idle for too long
 * or has sent its maximum of mails.
 */
final class SmtpConnectionPool implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SmtpConnectionPool.class);

    /** The longest interval between checks for idle connections. */
    private static final Duration EVICTION_INTERVAL = Duration.ofSeconds(5);

    /** How long to wait for a free connection. It is short because the mail is claimed, and its claim has a lease. */
    private static final Duration BORROW_TIMEOUT = Duration.ofSeconds(1);

    /** The interval between attempts to open one connection more than the relay permitted. */
    private static final Duration RAISE_INTERVAL = Duration.ofMinutes(1);

    private final GenericObjectPool<SmtpConnection> pool;

    private final int maxConnections;

    private final int mailsPerConnection;

    /** The {@link System#nanoTime} of the next attempt to open one connection more. */
    private long nextRaise;

    /**
     * Creates a pool without connections.
     *
     * @param idleTimeout when to close an unused connection; most relays close theirs after 30 s to five minutes
     * @param mailsPerConnection the most mails per connection
     */
    SmtpConnectionPool(SmtpServerSettings server, int maxConnections, Duration idleTimeout, int mailsPerConnection) {
        this.maxConnections = maxConnections;
        this.mailsPerConnection = mailsPerConnection;
        GenericObjectPoolConfig<SmtpConnection> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(maxConnections);
        config.setMaxIdle(maxConnections);
        config.setMinEvictableIdleDuration(idleTimeout);
        config.setTimeBetweenEvictionRuns(
                idleTimeout.compareTo(EVICTION_INTERVAL) < 0 ? idleTimeout : EVICTION_INTERVAL);
        config.setNumTestsPerEvictionRun(maxConnections);
        config.setTestOnReturn(true);
        config.setJmxEnabled(false);
        this.pool = new GenericObjectPool<>(new Factory(server), config);
    }

    /**
     * Borrows an open connection, or opens one. If the relay refuses one more connection while others are open, it has
     * a connection limit: then this waits for a free connection, and the pool is limited for a while.
     *
     * @throws RelayDownException if no connection is open and none can be opened
     * @throws RelayBusyException if no connection becomes free in time
     */
    SmtpConnection borrow() {
        raiseLimit();
        try {
            return borrow(BORROW_TIMEOUT);
        } catch (RelayDownException e) {
            int others = pool.getNumActive() + pool.getNumIdle();
            if (e.reply() == null || others == 0) {
                throw e;
            }
            limitTo(others);
            return borrow(BORROW_TIMEOUT);
        }
    }

    private synchronized void limitTo(int connections) {
        if (connections < pool.getMaxTotal()) {
            log.info("The mail relay permits {} concurrent connections", connections);
        }
        pool.setMaxTotal(connections);
        nextRaise = System.nanoTime() + RAISE_INTERVAL.toNanos();
    }

    /** After the relay refused a connection, the limit is raised again by one connection per minute. */
    private synchronized void raiseLimit() {
        if (pool.getMaxTotal() < maxConnections && System.nanoTime() - nextRaise >= 0) {
            pool.setMaxTotal(pool.getMaxTotal() + 1);
            nextRaise = System.nanoTime() + RAISE_INTERVAL.toNanos();
        }
    }

    private SmtpConnection borrow(Duration timeout) {
        try {
            return pool.borrowObject(timeout);
        } catch (NoSuchElementException e) {
            throw new RelayBusyException();
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RelayBusyException();
        } catch (Exception e) {
            throw new RelayDownException(
                    "No connection to the mail relay could be opened: "
                            + e.getClass().getSimpleName(),
                    null,
                    e);
        }
    }

    /** Replaces a dead connection. Idle connections are closed too, because they are probably dead as well. */
    SmtpConnection replace(SmtpConnection dead) {
        discard(dead);
        pool.clear();
        return borrow();
    }

    void release(SmtpConnection connection) {
        if (connection.mails() >= mailsPerConnection) {
            discard(connection);
        } else {
            pool.returnObject(connection);
        }
    }

    /**
     * Closes the connection. Errors while closing do not affect the result of its mails.
     *
     * <p>The connection is returned to the pool, whose validation closes it. Invalidating it would open another one.
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
                                "The mail relay %s accepts no session (SMTP reply %s)"
                                        .formatted(server.name(), reply.masked()),
                                reply.singleLine(),
                                e))
                        .orElseGet(() -> new RelayDownException(
                                "The mail relay %s accepts no session: %s".formatted(server.name(), cause(e)),
                                null,
                                e));
            }
        }

        /** The message of the innermost cause: "Connection refused" says more than "Could not connect". */
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
