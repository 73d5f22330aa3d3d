package dev.attache.deadletters;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Set;

/** Which letters of a dead-letter queue a task is about. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "select")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Selection.Letters.class, name = "letters"),
    @JsonSubTypes.Type(value = Selection.OfGroup.class, name = "group"),
    @JsonSubTypes.Type(value = Selection.All.class, name = "all")
})
public sealed interface Selection {

    boolean includes(DeadLetter letter);

    /**
     * Letters with these ids.
     *
     * @param messageIds SQS's ids of the letters
     */
    record Letters(Set<String> messageIds) implements Selection {

        public Letters {
            messageIds = Set.copyOf(messageIds);
        }

        @Override
        public boolean includes(DeadLetter letter) {
            return messageIds.contains(letter.messageId());
        }
    }

    /**
     * Letters of a {@link Group} that were in the queue when the task started, also if the snapshot lacks them.
     *
     * @param code the code of the group
     * @param source the source of the group
     */
    record OfGroup(String code, String source) implements Selection {

        @Override
        public boolean includes(DeadLetter letter) {
            return code.equals(letter.groupCode()) && source.equals(letter.groupSource());
        }
    }

    /** All letters that were in the queue when the task started, also those that the snapshot lacks. */
    record All() implements Selection {

        @Override
        public boolean includes(DeadLetter letter) {
            return true;
        }
    }
}
