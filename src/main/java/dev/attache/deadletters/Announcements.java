package dev.attache.deadletters;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Derives which event told upstream about a rejected message. */
public interface Announcements {

    /** Returns the event; empty if it cannot be said. Never throws. */
    Optional<Announcement> of(Rejection rejection);

    /**
     * An event on the topic {@code attachment-events}.
     *
     * @param id null if it cannot be derived
     */
    record Announcement(String type, @Nullable String id) {}

    /**
     * What a dead letter states about a rejection.
     *
     * @param queue the queue that the message was received from
     * @param messageId its message id in that queue; null if the letter does not state it
     * @param senderStatement the statement about its sender; null if there is none
     */
    record Rejection(
            String queue,
            @Nullable String messageId,
            String code,
            String reason,
            String body,
            @Nullable String senderStatement) {

        /** Without the body, which may contain links. */
        @Override
        public String toString() {
            return "Rejection[queue=" + queue + ", messageId=" + messageId + ", code=" + code + "]";
        }
    }
}
