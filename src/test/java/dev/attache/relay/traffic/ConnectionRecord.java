package dev.attache.relay.traffic;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a connection at one time.
 *
 * @param number from 1 on, in the order in which the connections were opened
 * @param closed empty while the connection is open
 * @param mails how many mails were accepted on it
 * @param tls whether it was encrypted after STARTTLS
 * @param authentication the credentials that were accepted
 */
public record ConnectionRecord(
        int number,
        Instant opened,
        Optional<Instant> closed,
        int mails,
        boolean tls,
        Optional<Authentication> authentication) {

    public static ConnectionRecord opened(int number, Instant at) {
        return new ConnectionRecord(number, at, Optional.empty(), 0, false, Optional.empty());
    }

    public boolean open() {
        return closed.isEmpty();
    }

    public ConnectionRecord withClosed(Instant at) {
        return open() ? new ConnectionRecord(number, opened, Optional.of(at), mails, tls, authentication) : this;
    }

    public ConnectionRecord withOneMoreMail() {
        return new ConnectionRecord(number, opened, closed, mails + 1, tls, authentication);
    }

    public ConnectionRecord withTls() {
        return new ConnectionRecord(number, opened, closed, mails, true, authentication);
    }

    public ConnectionRecord withAuthentication(Authentication accepted) {
        return new ConnectionRecord(number, opened, closed, mails, tls, Optional.of(accepted));
    }
}
