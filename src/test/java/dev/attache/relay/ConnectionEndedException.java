package dev.attache.relay;

import java.io.IOException;

/** An answer ends the connection. */
final class ConnectionEndedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean byReset;

    ConnectionEndedException(boolean byReset) {
        this.byReset = byReset;
    }

    boolean byReset() {
        return byReset;
    }
}
