package dev.attache.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sender ids of SQS in a setting. Each is the unique id of an IAM user or of a role. The id of a role may be followed
 * by a colon and a session name.
 *
 * @param named the values of the setting
 */
public record SenderIds(List<String> named) {

    public SenderIds {
        named = List.copyOf(named);
    }

    /** Whether the {@code SenderId} of a message is one of them; false if it is null. */
    public boolean include(@Nullable String senderId) {
        return senderId != null
                && named.stream()
                        // "ReceiveMessage": the SenderId of a role is its id, a colon and the session name.
                        .anyMatch(name -> senderId.equals(name) || senderId.startsWith(name + ":"));
    }
}
