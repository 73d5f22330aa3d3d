package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.gate.Downstream;
import dev.attache.binder.gate.Gate;
import dev.attache.binder.gate.SettableDownstream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateHistoryTests {

    private static final Instant BEGIN = Instant.parse("2026-11-27T12:00:00Z");

    private Instant now = BEGIN;

    private final SettableDownstream service = new SettableDownstream();

    private final GateHistory history =
            new GateHistory(new Gate(List.of(service)), ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    private void after(long seconds, Downstream.State state) {
        now = BEGIN.plusSeconds(seconds);
        service.is(state);
    }

    @Test
    void aGateIsOpenSinceTheStart() {
        now = BEGIN.plusSeconds(60);

        assertThat(history.since()).isEqualTo(BEGIN);
        assertThat(history.closedSince()).isNull();
    }

    @Test
    void aGateThatProbesIsStillClosedSinceTheOutageBegan() {
        after(10, Downstream.State.DOWN);
        after(20, Downstream.State.PROBING);

        assertThat(history.since()).isEqualTo(BEGIN.plusSeconds(20));
        assertThat(history.closedSince()).isEqualTo(BEGIN.plusSeconds(10));
    }

    @Test
    void aGateThatOpensIsOpenSinceThen() {
        after(10, Downstream.State.DOWN);
        after(30, Downstream.State.UP);
        now = BEGIN.plusSeconds(90);

        assertThat(history.since()).isEqualTo(BEGIN.plusSeconds(30));
        assertThat(history.closedSince()).isNull();
    }

    @Test
    void aServiceThatIsDownAtTheStartHasClosedTheGateSinceThen() {
        service.is(Downstream.State.DOWN);
        GateHistory later =
                new GateHistory(new Gate(List.of(service)), ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

        assertThat(later.closedSince()).isEqualTo(BEGIN);
    }
}
