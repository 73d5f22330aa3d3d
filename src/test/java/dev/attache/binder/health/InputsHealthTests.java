package dev.attache.binder.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.gate.Gate;
import dev.attache.binder.inbound.InputStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class InputsHealthTests {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private static final Instant LONG_AGO = NOW.minusSeconds(100);

    private static InputStatus input(
            String queue, Gate.State gate, @Nullable Instant unansweredSince, @Nullable String failure) {
        return new InputStatus(
                queue,
                NOW,
                gate,
                gate == Gate.State.OPEN ? List.of() : List.of("mail"),
                LONG_AGO,
                gate == Gate.State.OPEN ? null : LONG_AGO,
                LONG_AGO,
                failure == null ? null : LONG_AGO,
                failure,
                1,
                unansweredSince,
                false,
                true,
                3,
                50,
                null);
    }

    private static Health health(InputStatus... inputs) {
        return new InputsHealth(() -> List.of(inputs), Duration.ofSeconds(90)).health();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> details(Health health, String queue) {
        return (Map<String, Object>) health.getDetails().get(queue);
    }

    @Test
    void anInputThatReceivesIsUp() {
        Health health = health(input("orders", Gate.State.OPEN, NOW.minusSeconds(20), null));

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(details(health, "orders"))
                .containsEntry("state", "receiving")
                .containsEntry("lastPoll", LONG_AGO)
                .containsEntry("gate", Gate.State.OPEN)
                .containsEntry("gateSince", LONG_AGO)
                .containsEntry("inFlight", 3)
                .doesNotContainKeys("problem", "closedBy", "closedSince", "pollsFailSince");
    }

    @Test
    void anInputWithoutASuccessfulReceiveForTooLongIsDown() {
        Health health = health(
                input("orders", Gate.State.OPEN, LONG_AGO, "the queue does not exist: NotFound"),
                input("others", Gate.State.OPEN, NOW, null));

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(details(health, "orders"))
                .containsEntry("state", "overdue")
                .containsEntry("problem", "the queue does not exist: NotFound")
                .containsEntry("pollsFailSince", LONG_AGO);
        assertThat(details(health, "others")).containsEntry("state", "receiving");
    }

    @Test
    void aReceiveWithoutAnAnswerIsAProblem() {
        Health health = health(input("orders", Gate.State.OPEN, LONG_AGO, null));

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(details(health, "orders"))
                .containsEntry("problem", "no receive has been answered since " + LONG_AGO);
    }

    @Test
    void aFewFailedReceivesAreShownButNotDown() {
        Health health = health(input("orders", Gate.State.OPEN, NOW.minusSeconds(5), "ConnectException"));

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(details(health, "orders")).containsEntry("problem", "ConnectException");
    }

    @Test
    void aClosedGateIsShownButNotDown() {
        Health health = health(input("orders", Gate.State.CLOSED, null, null));

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(details(health, "orders"))
                .containsEntry("state", "waiting for mail")
                .containsEntry("closedBy", List.of("mail"))
                .containsEntry("closedSince", LONG_AGO);
    }

    @Test
    void aBinderWithoutInputsIsUp() {
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }
}
