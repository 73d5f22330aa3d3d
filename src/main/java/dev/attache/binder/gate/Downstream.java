package dev.attache.binder.gate;

/**
 * A service that the handling of messages needs, as its circuit breaker sees it. An input names those it needs; while
 * one of them is down, it receives nothing.
 */
public interface Downstream {

    /** The name by which an input asks for it. */
    String name();

    State state();

    /** Whether it finds out by itself that it is up again. Otherwise a message is used as a probe. */
    default boolean probesItself() {
        return false;
    }

    /**
     * How many more messages may be received for it now; zero or less for none. A change is reported as one of state.
     */
    default int capacity() {
        return Integer.MAX_VALUE;
    }

    /** Calls the listener after each change of state, in any thread. */
    void onChange(Runnable listener);

    /** What is known of it. */
    enum State {
        /** It answers. */
        UP,
        /** It did not answer; a call or two may find out whether it does again. */
        PROBING,
        /** It does not answer; calls are not even tried. */
        DOWN
    }
}
