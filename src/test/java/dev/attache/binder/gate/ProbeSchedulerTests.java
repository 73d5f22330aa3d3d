package dev.attache.binder.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

    private final ProbeScheduler probes = new ProbeScheduler(new Gate(List.of(service)), stop, Duration.ofMillis(1));

    private CompletableFuture<WaitResult> waiting(ProbeTicket ticket) {
        return waiting(ticket, Duration.ZERO, LONG);
    }

    private CompletableFuture<WaitResult> waiting(ProbeTicket ticket, Duration pause, Duration atMost) {
        int before = probes.waiting();
        CompletableFuture<WaitResult> result = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                result.complete(probes.await(ticket, pause, atMost));
            } catch (InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> probes.waiting() > before || result.isDone());
        return result;
    }

    private static WaitResult of(CompletableFuture<WaitResult> result) throws Exception {
        return result.get(30, TimeUnit.SECONDS);
    }

    @Test
    void nothingIsReceivedWhileAServiceIsDown() {
        assertThat(probes.permit(10)).isEqualTo(new ReceivePermit(10, false));

        service.is(Downstream.State.DOWN);

        assertThat(probes.permit(10)).isEqualTo(ReceivePermit.NONE);
    }

    @Test
    void theCapacityOfTheServiceLimitsAReceive() {
        service.capacity = 4;
        assertThat(probes.permit(10)).isEqualTo(new ReceivePermit(4, false));

        service.capacity = -2;
        assertThat(probes.permit(10)).isEqualTo(ReceivePermit.NONE);
    }

    @Test
    void oneMessageIsReceivedToProbeWithWhenNoneIsInFlight() {
        service.is(Downstream.State.PROBING);

        assertThat(probes.permit(10)).isEqualTo(ONE_TO_PROBE);
        assertThat(probes.permit(10)).as("during that receive").isEqualTo(ReceivePermit.NONE);
        probes.received("m-1");
        assertThat(probes.permit(10)).as("before its message is handled").isEqualTo(ReceivePermit.NONE);
        ProbeTicket ticket = probes.ticket("m-1");
        assertThat(probes.permit(10)).as("during its first attempt").isEqualTo(ReceivePermit.NONE);
        probes.end(ticket);

        assertThat(probes.permit(10)).isEqualTo(ONE_TO_PROBE);
    }

    @Test
    void aProbeWithoutAMessagePermitsAnother() {
        service.is(Downstream.State.PROBING);
        probes.permit(10);

        probes.received(null);

        assertThat(probes.permit(10)).isEqualTo(ONE_TO_PROBE);
    }

    @Test
    void messagesProbeOneAfterTheOther() throws Exception {
        service.is(Downstream.State.DOWN);
        ProbeTicket first = probes.ticket("m-1");
        ProbeTicket second = probes.ticket("m-2");
        CompletableFuture<WaitResult> firstWait = waiting(first);
        CompletableFuture<WaitResult> secondWait = waiting(second);

        service.is(Downstream.State.PROBING);

        assertThat(of(firstWait)).isEqualTo(WaitResult.PROBE);
        assertThat(secondWait).isNotDone();
        service.is(Downstream.State.DOWN);
        probes.probed(first);
        firstWait = waiting(first);
        service.is(Downstream.State.PROBING);
        assertThat(of(secondWait)).as("not the message that has probed").isEqualTo(WaitResult.PROBE);
        assertThat(firstWait).isNotDone();
        probes.probed(second);
        assertThat(of(firstWait)).isEqualTo(WaitResult.PROBE);
    }

    @Test
    void noProbeIsReceivedWhileAMessageWaitsThatHasNotProbed() {
        service.is(Downstream.State.DOWN);
        waiting(probes.ticket("m-1"), Duration.ZERO, LONG);
        service.is(Downstream.State.PROBING);

        assertThat(probes.permit(10)).isEqualTo(ReceivePermit.NONE);
    }

    @Test
    void oneMoreMessageIsReceivedWhenAllWaitingOnesHaveProbed() throws Exception {
        service.is(Downstream.State.PROBING);
        ProbeTicket failing = probes.ticket("m-1");
        assertThat(of(waiting(failing))).isEqualTo(WaitResult.PROBE);
        service.is(Downstream.State.DOWN);
        probes.probed(failing);
        waiting(failing);

        service.is(Downstream.State.PROBING);

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            // The failing message may be selected first, and its probe fails as well.
            probes.probed(failing);
            return probes.permit(10).equals(ONE_TO_PROBE);
        });
        probes.received("m-2");
        ProbeTicket other = probes.ticket("m-2");
        service.is(Downstream.State.DOWN);
        CompletableFuture<WaitResult> failingWait = waiting(failing);
        CompletableFuture<WaitResult> otherWait = waiting(other);
        service.is(Downstream.State.PROBING);
        assertThat(of(otherWait)).as("before the message that has probed").isEqualTo(WaitResult.PROBE);
        assertThat(failingWait).isNotDone();
    }

    @Test
    void allMessagesAreRetriedWhenTheServiceIsUp() throws Exception {
        service.is(Downstream.State.DOWN);
        CompletableFuture<WaitResult> one = waiting(probes.ticket("m-1"));
        CompletableFuture<WaitResult> other = waiting(probes.ticket("m-2"));

        service.is(Downstream.State.UP);

        assertThat(of(one)).isEqualTo(WaitResult.RETRY);
        assertThat(of(other)).isEqualTo(WaitResult.RETRY);
    }

    @Test
    void aPauseEndsWhenTheServiceGoesDown() throws Exception {
        ProbeTicket ticket = probes.ticket("m-1");
        CompletableFuture<WaitResult> result = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                result.complete(probes.await(ticket, LONG, LONG));
            } catch (InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(30)).until(() -> !result.isDone());

        service.is(Downstream.State.DOWN);
        await().atMost(Duration.ofSeconds(30)).until(() -> probes.waiting() == 1);
        service.is(Downstream.State.PROBING);

        assertThat(of(result)).isEqualTo(WaitResult.PROBE);
    }

    @Test
    void aWaitTimesOut() throws Exception {
        service.is(Downstream.State.DOWN);

        assertThat(of(waiting(probes.ticket("m-1"), Duration.ZERO, Duration.ofMillis(10))))
                .isEqualTo(WaitResult.TIMED_OUT);
    }

    @Test
    void aStopEndsAllWaits() throws Exception {
        service.is(Downstream.State.DOWN);
        CompletableFuture<WaitResult> result = waiting(probes.ticket("m-1"));

        stop.stop();

        assertThat(of(result)).isEqualTo(WaitResult.STOPPING);
        service.is(Downstream.State.PROBING);
        assertThat(probes.permit(10)).isEqualTo(ReceivePermit.NONE);
    }

    @Test
    void aChangeCompletesTheFuture() throws Exception {
        service.is(Downstream.State.DOWN);
        CompletableFuture<Void> change = probes.nextChange();
        assertThat(change).isNotDone();

        service.is(Downstream.State.PROBING);

        change.get(30, TimeUnit.SECONDS);
    }
}
