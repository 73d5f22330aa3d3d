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
 * The memory of an input's received messages. A receive reserves the largest size that it may return, and gives back
 * the rest when it ends.
 */
final class ReceivedBytes {

    private final ByteBudget.Share share;

    /** The queue's {@code MaximumMessageSize}, in bytes. */
    private final long largestMessage;

    private final AtomicInteger receives = new AtomicInteger();

    /** Whether a receive was refused since the last one ended. */
    private volatile boolean refused;

    private final Runnable listener;

    /** @param listener is called when messages can be received again after {@link #affordable} was 0 */
    ReceivedBytes(ByteBudget.Share share, long largestMessage, Runnable listener) {
        this.share = share;
        this.largestMessage = largestMessage;
        this.listener = listener;
        share.onAvailable(listener);
    }

    /**
     * Returns how many messages there is memory for. While a receive is in flight, the result is {@code wanted} or 0,
     * because a smaller number would lead to many small receives instead of a few large ones.
     */
    int affordable(int wanted) {
        int affordable = share.times(largestMessage, wanted);
        if (affordable == wanted || (affordable > 0 && receives.get() == 0)) {
            return affordable;
        }
        refused = true;
        share.notifyWhenAvailable(receives.get() == 0 ? largestMessage : wanted * largestMessage);
        return 0;
    }

    /** Reserves memory for a receive; returns false if another input was faster. A probe always gets its memory. */
    boolean begin(ReceivePermit permit) {
        long most = permit.messages() * largestMessage;
        if (permit.probe()) {
            share.force(most);
        } else if (!share.tryTake(most)) {
            refused = true;
            share.notifyWhenAvailable(most);
            return false;
        }
        receives.incrementAndGet();
        return true;
    }

    /** A receive has ended, with these messages or with none. */
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

    /** The memory of messages in flight, and of those that pending receives may return. */
    long taken() {
        return share.taken();
    }

    /** A message is settled and not in memory any more. */
    void settled(ReceivedMessage message) {
        share.release(message.bytes());
    }
}
