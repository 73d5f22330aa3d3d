package dev.attache.binder.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GateTests {

    private final SettableDownstream one = new SettableDownstream();

    private final SettableDownstream other = new SettableDownstream();

    private final Gate gate = new Gate(List.of(one, other));

    @Test
    void theGateHasTheWorstStateOfItsServices() {
        assertThat(gate.state()).isEqualTo(Gate.State.OPEN);

        one.is(Downstream.State.PROBING);
        assertThat(gate.state()).isEqualTo(Gate.State.PROBING);

        other.is(Downstream.State.DOWN);
        assertThat(gate.state()).isEqualTo(Gate.State.CLOSED);
        assertThat(gate.closedBy()).containsExactly("service", "service");
    }

    @Test
    void aServiceThatProbesItselfKeepsTheGateClosed() {
        one.probesItself = true;

        one.is(Downstream.State.PROBING);

        assertThat(gate.state()).isEqualTo(Gate.State.CLOSED);
    }

    @Test
    void theSmallestCapacityCounts() {
        one.capacity = 7;
        other.capacity = 3;

        assertThat(gate.capacity()).isEqualTo(3);
    }

    @Test
    void everyChangeOfAServiceIsReported() {
        AtomicInteger changes = new AtomicInteger();
        gate.onChange(changes::incrementAndGet);

        one.is(Downstream.State.DOWN);
        other.is(Downstream.State.DOWN);

        assertThat(changes).hasValue(2);
    }
}
