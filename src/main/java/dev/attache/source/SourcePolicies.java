package dev.attache.source;

import org.jspecify.annotations.Nullable;

/** The configured sources. */
public interface SourcePolicies {

    /**
     * The policy of an event's source.
     *
     * @param senderId SQS's {@code SenderId} of the message, for sources that are pinned to some
     * @throws dev.attache.contract.value.RejectedException {@code SOURCE_NOT_ALLOWED}
     */
    SourcePolicy require(String source, @Nullable String senderId);

    /** The policy of a source that an earlier event was accepted from; without a sender check. Same error. */
    SourcePolicy require(String source);
}
