package dev.attache;

import dev.attache.binder.failure.DeadLetter;
import dev.attache.contract.value.RejectedException;
import dev.attache.source.SenderIds;
import dev.attache.source.SourcePolicies;
import java.util.Set;

/**
 * Says whether the sender of a rejected message may speak for the source that the message names. A message that was
 * rejected for its form has not had its sender checked yet, and must not speak for anybody either.
 */
final class ClaimedSources {

    private final SourcePolicies policies;

    private final SenderIds workers;

    private final String parts;

    private final Set<String> deliveries;

    /**
     * @param workers the sender ids of this worker
     * @param parts the queue that only this worker writes to
     * @param deliveries the queues that only the topic writes to, by their policies: their messages' {@code SenderId}
     *     is SNS's
     */
    ClaimedSources(SourcePolicies policies, SenderIds workers, String parts, Set<String> deliveries) {
        this.policies = policies;
        this.workers = workers;
        this.parts = parts;
        this.deliveries = Set.copyOf(deliveries);
    }

    /** True too for a source that is not pinned to senders, or not configured: anybody may name it. */
    boolean mayName(String source, DeadLetter letter) {
        if (deliveries.contains(letter.queue()) || !isPinned(source)) {
            return true;
        }
        return letter.queue().equals(parts) ? workers.include(letter.senderId()) : accepts(source, letter);
    }

    private boolean isPinned(String source) {
        try {
            return policies.require(source).senderPinned();
        } catch (RejectedException notConfigured) {
            return false;
        }
    }

    private boolean accepts(String source, DeadLetter letter) {
        try {
            policies.require(source, letter.senderId());
            return true;
        } catch (RejectedException refused) {
            return false;
        }
    }
}
