package dev.attache.binder.gate;

import java.util.List;

/**
 * Whether an input may receive: the state of the services that its messages need. The worst of them counts.
 *
 * @param needs the services
 */
public record Gate(List<Downstream> needs) {

    /** What follows from the state of the services. */
    public enum State {
        /** All are up: messages are received. */
        OPEN,
        /** One may be up again, and one message may find out. */
        PROBING,
        /** One is down: nothing is received. */
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

    /** How many more messages the services can take; the smallest counts. */
    int capacity() {
        return needs.stream().mapToInt(Downstream::capacity).min().orElse(Integer.MAX_VALUE);
    }

    /** The names of the services that keep it from being open. */
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
