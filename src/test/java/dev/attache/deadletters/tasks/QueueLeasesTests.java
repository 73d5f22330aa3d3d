package dev.attache.deadletters.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.deadletters.LeaseHeldException;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.ledger.objects.InMemoryS3.Trouble;
import dev.attache.link.SettableClock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One task at a time uses a dead-letter queue. */
class QueueLeasesTests {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final UUID TASK = new UUID(1, 1);

    private static final UUID OTHER = new UUID(2, 2);

    private final InMemoryS3 s3 = new InMemoryS3();

    private final SettableClock clock = new SettableClock(s3.now);

    private final QueueLeases one = leases();

    private final QueueLeases another = leases();

    private QueueLeases leases() {
        return new QueueLeases(
                new ConditionalObjects(s3, "bucket", attempt -> {}), s3, "bucket", "leases/", LEASE, clock);
    }

    private void pass(Duration time) {
        clock.advance(time);
        s3.now = s3.now.plus(time);
    }

    @Test
    void theSecondOperatorIsToldWhoUsesTheQueueAndSinceWhen() {
        one.acquire("orders-dlq", TASK, "ana");

        assertThatThrownBy(() -> another.acquire("orders-dlq", OTHER, "ben"))
                .isInstanceOfSatisfying(LeaseHeldException.class, held -> {
                    assertThat(held.holder()).isEqualTo("ana");
                    assertThat(held.task()).isEqualTo(TASK);
                    assertThat(held.since()).isEqualTo(clock.instant());
                })
                .hasMessageContaining("ana");
        assertThat(another.acquire("payments-dlq", OTHER, "ben").task()).isEqualTo(OTHER);
    }

    @Test
    void aReleasedLeaseIsFree() {
        Lease lease = one.acquire("orders-dlq", TASK, "ana");
        assertThat(one.holder("orders-dlq")).contains(TASK);

        lease.release();

        assertThat(one.holder("orders-dlq")).isEmpty();
        assertThat(another.takeOver()).isEmpty();
        assertThat(another.acquire("orders-dlq", OTHER, "ben").isAfterCrash()).isFalse();
    }

    @Test
    void ofTwoInstancesThatTakeAFreeLeaseOneGetsIt() {
        one.acquire("orders-dlq", TASK, "ana").release();
        s3.troubles.add(Trouble.NONE);

        one.acquire("orders-dlq", TASK, "ana");

        assertThatThrownBy(() -> another.acquire("orders-dlq", OTHER, "ben")).isInstanceOf(LeaseHeldException.class);
    }

    @Test
    void aLeaseWhoseAnswerWasLostIsHeld() {
        s3.troubles.add(Trouble.ANSWER_LOST);

        Lease lease = one.acquire("orders-dlq", TASK, "ana");

        s3.troubles.add(Trouble.ANSWER_LOST);
        assertThat(lease.renew()).isTrue();
        assertThat(lease.renew()).isTrue();
    }

    @Test
    void aRenewedLeaseIsNotTakenOver() {
        Lease lease = one.acquire("orders-dlq", TASK, "ana");
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(20));
            assertThat(lease.isDue()).isTrue();
            assertThat(lease.renew()).isTrue();
            assertThat(lease.isDue()).isFalse();
        }

        assertThat(another.takeOver()).isEmpty();
    }

    @Test
    void aLeaseThatIsNotRenewedIsTakenOverWithItsTaskByOneInstance() {
        Lease crashed = one.acquire("orders-dlq", TASK, "ana");
        pass(Duration.ofSeconds(31));
        assertThatThrownBy(() -> another.acquire("orders-dlq", OTHER, "ben"))
                .as("a task that is to be resumed still has its lease")
                .isInstanceOf(LeaseHeldException.class);

        assertThat(another.takeOver()).singleElement().satisfies(lease -> {
            assertThat(lease.task()).isEqualTo(TASK);
            assertThat(lease.queue()).isEqualTo("orders-dlq");
            assertThat(lease.isAfterCrash()).isTrue();
        });

        assertThat(leases().takeOver()).isEmpty();
        assertThat(crashed.isAboutToExpire()).isTrue();
        assertThat(crashed.renew()).as("the first instance notices it").isFalse();
    }

    @Test
    void aLeaseThatWasLeftIsTakenOverAtOnce() {
        one.acquire("orders-dlq", TASK, "ana").leave();

        assertThat(another.takeOver())
                .singleElement()
                .satisfies(lease -> assertThat(lease.isAfterCrash()).isFalse());
    }

    @Test
    void withoutDatesTheClockOfTheInstanceDecides() {
        s3.dated = false;
        one.acquire("orders-dlq", TASK, "ana");

        assertThat(another.takeOver()).isEmpty();
        pass(Duration.ofSeconds(31));
        assertThat(another.takeOver()).hasSize(1);
    }

    @Test
    void freeLeasesAreReadOnce() {
        one.acquire("orders-dlq", TASK, "ana").release();
        another.takeOver();
        int gets = s3.gets;

        another.takeOver();

        assertThat(s3.gets).isEqualTo(gets);
    }
}
