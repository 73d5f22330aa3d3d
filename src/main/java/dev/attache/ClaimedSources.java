package dev.attache;

import dev.attache.binder.failure.RejectedMessage;
import dev.attache.contract.value.RejectedException;
import dev.attache.source.SenderIds;
import dev.attache.source.SourcePolicies;
import java.util.Set;

/**
 * Decides whether the sender of a rejected message may use the source that the message names. A message may be rejected
 * before its sender has been checked, for example if it is malformed.
 */
final class ClaimedSources {

    private final SourcePolicies policies;

    private final SenderIds workers;

    private final String parts;

    private final Set<String> deliveries;

    /**
     * @param workers the sender ids of this worker
     * @param parts the queue that only this worker sends to
     * @param deliveries the queues that only the topic may send to, by their policies: the {@code SenderId} of their
     *     messages is that of SNS
     */
    ClaimedSources(SourcePolicies policies, SenderIds workers, String parts, Set<String> deliveries) {
        this.policies = policies;
        this.workers = workers;
        this.parts = parts;
        this.deliveries = Set.copyOf(deliveries);
    }

    /** Also true for a source that is not pinned to senders, or not configured: every sender may name it. */
    boolean mayName(String source, RejectedMessage message) {
        if (deliveries.contains(message.queue()) || !isPinned(source)) {
            return true;
        }
        return message.queue().equals(parts) ? workers.include(message.senderId()) : accepts(source, message);
    }

    private boolean isPinned(String source) {
        try {
            return policies.require(source).senderPinned();
        } catch (RejectedException notConfigured) {
            return false;
        }
    }

    private boolean accepts(String source, RejectedMessage message) {
        try {
            policies.require(source, message.senderId());
            return true;
        } catch (RejectedException refused) {
            return false;
        }
    }
}
