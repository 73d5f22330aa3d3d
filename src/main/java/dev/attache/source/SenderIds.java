package dev.attache.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQS sender ids that a setting names: an IAM user's unique id, or a role's, with or without the session's name.
 *
 * @param named what the setting says
 */
public record SenderIds(List<String> named) {

    public SenderIds {
        named = List.copyOf(named);
    }

    /** Whether a message's {@code SenderId} is one of them. Without one, it is none. */
    public boolean include(@Nullable String senderId) {
        return senderId != null
                && named.stream()
                        // "ReceiveMessage": an IAM role's SenderId is its id, a colon, and the session's name.
                        .anyMatch(name -> senderId.equals(name) || senderId.startsWith(name + ":"));
    }
}
