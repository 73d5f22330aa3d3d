package dev.attache.binder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class PollGateTests {

    private final SettableDownstream service = new SettableDownstream();

    private final PollGate gate = new PollGate(List.of(service));

    @Test
    void nothingIsReceivedWhileAServiceIsDown() {
        assertThat(gate.permitted(10)).isEqualTo(10);

        service.is(Downstream.State.DOWN);

        assertThat(gate.permitted(10)).isZero();
    }

    @Test
    void oneMessageIsReceivedToProbeAServiceUnlessACanaryIsInHand() {
        service.is(Downstream.State.PROBING);
        assertThat(gate.permitted(10)).isEqualTo(1);

        assertThat(gate.takeCanary()).isTrue();

        assertThat(gate.permitted(10)).isZero();
        gate.putCanaryDown();
        assertThat(gate.permitted(10)).isEqualTo(1);
    }

    @Test
    void thereIsOneCanary() {
        assertThat(gate.takeCanary()).isTrue();
        assertThat(gate.takeCanary()).isFalse();
    }

    @Test
    void whoWaitsForAChangeIsToldOfIt() throws Exception {
        service.is(Downstream.State.DOWN);
        CompletableFuture<Void> change = gate.nextChange();
        assertThat(change).isNotDone();

        service.is(Downstream.State.PROBING);

        change.get(5, TimeUnit.SECONDS);
    }

    @Test
    void theWorstOfSeveralServicesCounts() {
        SettableDownstream other = new SettableDownstream();
        PollGate both = new PollGate(List.of(service, other));

        service.is(Downstream.State.PROBING);
        other.is(Downstream.State.DOWN);

        assertThat(both.permitted(10)).isZero();
    }

    @Test
    void aCanaryWaitsUntilACallIsWorthTrying() throws Exception {
        service.is(Downstream.State.DOWN);
        CompletableFuture<Boolean> chance = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                chance.complete(gate.awaitChance());
            } catch (InterruptedException e) {
                chance.completeExceptionally(e);
            }
        });

        service.is(Downstream.State.PROBING);

        assertThat(chance.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aStopEndsAllWaiting() throws Exception {
        service.is(Downstream.State.DOWN);

        gate.stop();

        assertThat(gate.awaitChance()).isFalse();
        assertThat(gate.pause(Duration.ofDays(1))).isFalse();
        assertThat(gate.takeCanary()).isFalse();
    }
}
