package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.gate.ReceivePermit;
import dev.attache.binder.memory.ByteBudget;
import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.message.RecordedSqs;
import dev.attache.binder.message.VisibilityLease;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

/** Messages have 100 bytes at most; of 4,000 bytes each of two inputs has 1,000 of its own, and 2,000 are common. */
class ReceivedBytesTests {

    private static final ReceivePermit TEN = new ReceivePermit(10, false);

    private final ByteBudget budget = new ByteBudget(4_000);

    private final AtomicInteger changes = new AtomicInteger();

    private final ByteBudget.Share share = budget.share();

    private final ByteBudget.Share other = budget.share();

    private final ReceivedBytes bytes = new ReceivedBytes(share, 100, changes::incrementAndGet);

    private static Message message(int size) {
        return Message.builder().body("x".repeat(size)).build();
    }

    private static ReceivedMessage received(int size) {
        return new ReceivedMessage(
                RecordedSqs.QUEUE, message(size), new VisibilityLease(Instant.EPOCH), RecordedSqs.NO_STATEMENTS);
    }

    @Test
    void aReceiveReservesItsLargestSizeAndKeepsItsActualSize() {
        assertThat(bytes.affordable(10)).isEqualTo(10);
        assertThat(bytes.begin(TEN)).isTrue();
        assertThat(share.taken()).isEqualTo(1_000);

        bytes.end(TEN, List.of(message(30), message(40)));

        assertThat(share.taken()).isEqualTo(70);
    }

    @Test
    void aFailedReceiveReleasesItsReservation() {
        bytes.begin(TEN);

        bytes.end(TEN, null);

        assertThat(share.taken()).isZero();
    }

    @Test
    void aSettledMessageReleasesItsBytes() {
        bytes.begin(TEN);
        bytes.end(TEN, List.of(message(30)));

        bytes.settled(received(30));

        assertThat(share.taken()).isZero();
    }

    @Test
    void duringAReceiveASmallerOneIsNotStarted() {
        bytes.begin(TEN);
        other.tryTake(2_500);
        assertThat(bytes.affordable(10)).isZero();
        assertThat(changes).hasValue(0);

        bytes.end(TEN, List.of());

        assertThat(changes).hasPositiveValue();
        assertThat(bytes.affordable(10)).isEqualTo(10);
    }

    @Test
    void withoutAReceiveInFlightASmallerOneIsStarted() {
        other.tryTake(3_000);
        share.force(700);

        assertThat(bytes.affordable(10)).isEqualTo(3);
    }

    @Test
    void nothingIsReceivedWhileMessagesInFlightTakeAllMemory() {
        other.tryTake(3_000);
        bytes.begin(TEN);
        bytes.end(TEN, Collections.nCopies(10, message(100)));
        assertThat(bytes.affordable(10)).isZero();
        int before = changes.get();

        bytes.settled(received(100));

        assertThat(changes.get()).isGreaterThan(before);
        assertThat(bytes.affordable(10)).isEqualTo(1);
    }

    @Test
    void aProbeIsReceivedWithoutMemory() {
        other.tryTake(3_000);
        share.force(1_000);

        assertThat(bytes.begin(new ReceivePermit(1, true))).isTrue();
        assertThat(bytes.begin(new ReceivePermit(1, false))).isFalse();
    }

    @Test
    void anInputWithoutMessagesMayReceiveOneOfAnySize() {
        ReceivedBytes large = new ReceivedBytes(budget.share(), 1_000_000, changes::incrementAndGet);

        assertThat(large.affordable(10)).isEqualTo(1);
        assertThat(large.begin(new ReceivePermit(1, false))).isTrue();
    }
}
