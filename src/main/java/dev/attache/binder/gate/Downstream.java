package dev.attache.binder.gate;

/**
 * A service that the handling of messages depends on. An input names the services that it needs; while one of them is
 * down, the input receives no messages.
 */
public interface Downstream {

    /** The name in the setting {@code needs} of an input. */
    String name();

    /** The state at the moment. */
    State state();

    /** Whether the service is probed without messages. Otherwise a message is used as a probe. */
    default boolean probesItself() {
        return false;
    }

    /**
     * How many more messages may be received now; zero or less for none. {@link #onChange} also reports when it rises
     * above zero.
     */
    default int capacity() {
        return Integer.MAX_VALUE;
    }

    /** Calls the listener after each change of state, in any thread. */
    void onChange(Runnable listener);

    /** Whether the service answers. */
    enum State {
        /** The service answers. */
        UP,
        /** The service did not answer; a few calls may test whether it does again (half-open). */
        PROBING,
        /** The service does not answer; it is not called. */
        DOWN
    }
}
