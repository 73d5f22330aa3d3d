package dev.attache.binder.inbound;

import dev.attache.binder.batch.MessageSize;
import dev.attache.binder.gate.ReceivePermit;
import dev.attache.binder.memory.ByteBudget;
import dev.attache.binder.message.ReceivedMessage;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The memory of the messages that an input has received, or is about to: a receive takes as much beforehand as it may
 * bring, and gives back what it did not. A character counts as a byte.
 */
final class ReceivedBytes {

    private final ByteBudget.Share share;

    /** In bytes, by the queue's {@code MaximumMessageSize}. */
    private final long largestMessage;

    private final AtomicInteger receives = new AtomicInteger();

    /** Whether a receive was refused since the last one ended. */
    private volatile boolean refused;

    private final Runnable listener;

    /** @param listener is called when something can be received again after {@link #room} was 0 */
    ReceivedBytes(ByteBudget.Share share, long largestMessage, Runnable listener) {
        this.share = share;
        this.largestMessage = largestMessage;
        this.listener = listener;
        share.onRoom(listener);
    }

    /**
     * How many messages may be received now. Fewer than wanted only when nothing is being received: there would
     * otherwise be many small receives instead of a few large ones.
     */
    int room(int wanted) {
        int room = share.times(largestMessage, wanted);
        if (room == wanted || (room > 0 && receives.get() == 0)) {
            return room;
        }
        refused = true;
        share.awaitRoom(receives.get() == 0 ? largestMessage : wanted * largestMessage);
        return 0;
    }

    /**
     * Takes what a receive of so many messages may bring; false when somebody else was faster. A probe's is taken in
     * any case.
     */
    boolean begin(ReceivePermit permit) {
        long most = permit.messages() * largestMessage;
        if (permit.probe()) {
            share.force(most);
        } else if (!share.tryTake(most)) {
            refused = true;
            share.awaitRoom(most);
            return false;
        }
        receives.incrementAndGet();
        return true;
    }

    /** A receive has ended, with these messages or none. */
    void end(ReceivePermit permit, @Nullable Collection<Message> messages) {
        long kept = messages == null
                ? 0
                : messages.stream().mapToLong(MessageSize::of).sum();
        receives.decrementAndGet();
        share.force(kept);
        share.release(permit.messages() * largestMessage);
        if (refused) {
            refused = false;
            listener.run();
        }
    }

    /** A message is not in memory any more. */
    void settled(ReceivedMessage message) {
        share.release(message.bytes());
    }
}
