package dev.attache.binder.gate;

import java.util.List;

/**
 * Decides whether an input may receive messages: the gate has the worst state of the services that the input needs.
 *
 * @param needs the services
 */
public record Gate(List<Downstream> needs) {

    /** What an input may receive. */
    public enum State {
        /** All services are up: messages are received. */
        OPEN,
        /** A service may be up again: one message tests it. */
        PROBING,
        /** A service is down: no message is received. */
        CLOSED;

        public static State worse(State one, State other) {
            return one.compareTo(other) > 0 ? one : other;
        }
    }

    public Gate {
        needs = List.copyOf(needs);
    }

    public State state() {
        return needs.stream().map(Gate::stateOf).max(Enum::compareTo).orElse(State.OPEN);
    }

    private static State stateOf(Downstream need) {
        return switch (need.state()) {
            case UP -> State.OPEN;
            case PROBING -> need.probesItself() ? State.CLOSED : State.PROBING;
            case DOWN -> State.CLOSED;
        };
    }

    /** How many more messages may be received: the smallest capacity of the services. */
    int capacity() {
        return needs.stream().mapToInt(Downstream::capacity).min().orElse(Integer.MAX_VALUE);
    }

    /** The names of the services that are not up. */
    public List<String> closedBy() {
        return needs.stream()
                .filter(need -> stateOf(need) != State.OPEN)
                .map(Downstream::name)
                .toList();
    }

    public void onChange(Runnable listener) {
        needs.forEach(need -> need.onChange(listener));
    }
}
