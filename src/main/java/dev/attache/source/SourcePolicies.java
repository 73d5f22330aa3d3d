package dev.attache.source;

import org.jspecify.annotations.Nullable;

/** The policies of all sources. */
public interface SourcePolicies {

    /**
     * The policy of an event's source.
     *
     * @param senderId the SQS {@code SenderId} of the message, which matters for sources that are pinned to senders
     * @throws dev.attache.contract.value.RejectedException {@code SOURCE_NOT_ALLOWED}
     */
    SourcePolicy require(String source, @Nullable String senderId);

    /**
     * The policy of a source, without a check of the sender: for events that were accepted before. Throws the same
     * exception.
     */
    SourcePolicy require(String source);
}
