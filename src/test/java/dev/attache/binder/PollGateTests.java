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
        assertThat(gate.permit(10)).isEqualTo(new PollGate.Permit(10, false));

        service.is(Downstream.State.DOWN);

        assertThat(gate.permit(10)).isEqualTo(PollGate.Permit.NONE);
    }

    @Test
    void oneMessageIsReceivedToProbeAServiceAndIsTheCanary() {
        service.is(Downstream.State.PROBING);

        assertThat(gate.permit(10)).isEqualTo(new PollGate.Permit(1, true));
        assertThat(gate.permit(10)).as("while that poll is under way").isEqualTo(PollGate.Permit.NONE);
        gate.probed("m-1");

        assertThat(gate.permit(10)).as("while its message is in hand").isEqualTo(PollGate.Permit.NONE);
        assertThat(gate.takeCanary()).isFalse();
        assertThat(gate.isCanary("m-2")).isFalse();
        assertThat(gate.isCanary("m-1")).isTrue();
        gate.putCanaryDown();
        assertThat(gate.permit(10)).isEqualTo(new PollGate.Permit(1, true));
    }

    @Test
    void aProbeThatFindsNothingMakesRoomForTheNext() {
        service.is(Downstream.State.PROBING);
        gate.permit(10);

        gate.probed(null);

        assertThat(gate.permit(10)).isEqualTo(new PollGate.Permit(1, true));
    }

    @Test
    void aProbeThatEndsLeavesTheCanaryThatWasFoundMeanwhile() {
        service.is(Downstream.State.PROBING);
        gate.permit(10);
        gate.takeCanary();

        gate.probed(null);

        assertThat(gate.permit(10)).isEqualTo(PollGate.Permit.NONE);
        gate.probed("m-1");
        assertThat(gate.isCanary("m-1")).isFalse();
        assertThat(gate.permit(10)).isEqualTo(PollGate.Permit.NONE);
    }

    @Test
    void nothingIsReceivedToProbeAServiceWhileACanaryIsInHand() {
        service.is(Downstream.State.PROBING);
        gate.takeCanary();

        assertThat(gate.permit(10)).isEqualTo(PollGate.Permit.NONE);
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

        assertThat(both.permit(10)).isEqualTo(PollGate.Permit.NONE);
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
