package dev.attache.binder.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.binder.gate.ProbeScheduler.Turn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProbeSchedulerTests {

    private static final Duration LONG = Duration.ofDays(1);

    private static final ReceivePermit ONE_TO_PROBE = new ReceivePermit(1, true);

    private final SettableDownstream service = new SettableDownstream();

    private final StopSignal stop = new StopSignal();

    private final ProbeScheduler turns = new ProbeScheduler(new Gate(List.of(service)), stop, Duration.ofMillis(1));

    private CompletableFuture<Turn> waiting(ProbeTicket ticket) {
        return waiting(ticket, Duration.ZERO, LONG);
    }

    private CompletableFuture<Turn> waiting(ProbeTicket ticket, Duration pause, Duration atMost) {
        int before = turns.waiting();
        CompletableFuture<Turn> turn = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                turn.complete(turns.await(ticket, pause, atMost));
            } catch (InterruptedException e) {
                turn.completeExceptionally(e);
            }
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> turns.waiting() > before || turn.isDone());
        return turn;
    }

    private static Turn of(CompletableFuture<Turn> turn) throws Exception {
        return turn.get(30, TimeUnit.SECONDS);
    }

    @Test
    void nothingIsReceivedWhileAServiceIsDown() {
        assertThat(turns.permit(10)).isEqualTo(new ReceivePermit(10, false));

        service.is(Downstream.State.DOWN);

        assertThat(turns.permit(10)).isEqualTo(ReceivePermit.NONE);
    }

    @Test
    void noMoreIsReceivedThanTheServiceCanTake() {
        service.capacity = 4;
        assertThat(turns.permit(10)).isEqualTo(new ReceivePermit(4, false));

        service.capacity = -2;
        assertThat(turns.permit(10)).isEqualTo(ReceivePermit.NONE);
    }

    @Test
    void oneMessageIsReceivedToProbeWithWhenNoneIsInFlight() {
        service.is(Downstream.State.PROBING);

        assertThat(turns.permit(10)).isEqualTo(ONE_TO_PROBE);
        assertThat(turns.permit(10)).as("while that receive is under way").isEqualTo(ReceivePermit.NONE);
        turns.received("m-1");
        assertThat(turns.permit(10)).as("before its message is handled").isEqualTo(ReceivePermit.NONE);
        ProbeTicket ticket = turns.ticket("m-1");
        assertThat(turns.permit(10)).as("during its first attempt").isEqualTo(ReceivePermit.NONE);
        turns.end(ticket);

        assertThat(turns.permit(10)).isEqualTo(ONE_TO_PROBE);
    }

    @Test
    void aProbeThatFindsNothingMakesRoomForTheNext() {
        service.is(Downstream.State.PROBING);
        turns.permit(10);

        turns.received(null);

        assertThat(turns.permit(10)).isEqualTo(ONE_TO_PROBE);
    }

    @Test
    void oneMessageProbesAtATimeAndEachInItsTurn() throws Exception {
        service.is(Downstream.State.DOWN);
        ProbeTicket first = turns.ticket("m-1");
        ProbeTicket second = turns.ticket("m-2");
        CompletableFuture<Turn> firsts = waiting(first);
        CompletableFuture<Turn> seconds = waiting(second);

        service.is(Downstream.State.PROBING);

        assertThat(of(firsts)).isEqualTo(Turn.PROBE);
        assertThat(seconds).isNotDone();
        service.is(Downstream.State.DOWN);
        turns.probed(first);
        firsts = waiting(first);
        service.is(Downstream.State.PROBING);
        assertThat(of(seconds)).as("another message than before").isEqualTo(Turn.PROBE);
        assertThat(firsts).isNotDone();
        turns.probed(second);
        assertThat(of(firsts)).isEqualTo(Turn.PROBE);
    }

    @Test
    void nothingIsReceivedToProbeWithWhileAMessageWaitsThatHasNotProbed() {
        service.is(Downstream.State.DOWN);
        waiting(turns.ticket("m-1"), Duration.ZERO, LONG);
        service.is(Downstream.State.PROBING);

        assertThat(turns.permit(10)).isEqualTo(ReceivePermit.NONE);
    }

    @Test
    void oneMoreIsReceivedWhenAllThatWaitHaveProbedInVain() throws Exception {
        service.is(Downstream.State.PROBING);
        ProbeTicket poison = turns.ticket("poison");
        assertThat(of(waiting(poison))).isEqualTo(Turn.PROBE);
        service.is(Downstream.State.DOWN);
        turns.probed(poison);
        waiting(poison);

        service.is(Downstream.State.PROBING);

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            // The poison may be faster with its next probe, which fails as well.
            turns.probed(poison);
            return turns.permit(10).equals(ONE_TO_PROBE);
        });
        turns.received("m-2");
        ProbeTicket good = turns.ticket("m-2");
        service.is(Downstream.State.DOWN);
        CompletableFuture<Turn> poisons = waiting(poison);
        CompletableFuture<Turn> goods = waiting(good);
        service.is(Downstream.State.PROBING);
        assertThat(of(goods)).as("before the one that has probed").isEqualTo(Turn.PROBE);
        assertThat(poisons).isNotDone();
    }

    @Test
    void allGoOnWhenTheServiceIsUp() throws Exception {
        service.is(Downstream.State.DOWN);
        CompletableFuture<Turn> one = waiting(turns.ticket("m-1"));
        CompletableFuture<Turn> other = waiting(turns.ticket("m-2"));

        service.is(Downstream.State.UP);

        assertThat(of(one)).isEqualTo(Turn.RETRY);
        assertThat(of(other)).isEqualTo(Turn.RETRY);
    }

    @Test
    void aPauseIsKeptWhileTheServiceIsUpAndCutShortWhenItGoesDown() throws Exception {
        ProbeTicket ticket = turns.ticket("m-1");
        CompletableFuture<Turn> turn = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                turn.complete(turns.await(ticket, LONG, LONG));
            } catch (InterruptedException e) {
                turn.completeExceptionally(e);
            }
        });
        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(30)).until(() -> !turn.isDone());

        service.is(Downstream.State.DOWN);
        await().atMost(Duration.ofSeconds(30)).until(() -> turns.waiting() == 1);
        service.is(Downstream.State.PROBING);

        assertThat(of(turn)).isEqualTo(Turn.PROBE);
    }

    @Test
    void aWaitHasAnEnd() throws Exception {
        service.is(Downstream.State.DOWN);

        assertThat(of(waiting(turns.ticket("m-1"), Duration.ZERO, Duration.ofMillis(10))))
                .isEqualTo(Turn.TIME_OVER);
    }

    @Test
    void aStopEndsAllWaiting() throws Exception {
        service.is(Downstream.State.DOWN);
        CompletableFuture<Turn> turn = waiting(turns.ticket("m-1"));

        stop.stop();

        assertThat(of(turn)).isEqualTo(Turn.STOP);
        service.is(Downstream.State.PROBING);
        assertThat(turns.permit(10)).isEqualTo(ReceivePermit.NONE);
    }

    @Test
    void whoWaitsForAChangeIsToldOfIt() throws Exception {
        service.is(Downstream.State.DOWN);
        CompletableFuture<Void> change = turns.nextChange();
        assertThat(change).isNotDone();

        service.is(Downstream.State.PROBING);

        change.get(30, TimeUnit.SECONDS);
    }
}
