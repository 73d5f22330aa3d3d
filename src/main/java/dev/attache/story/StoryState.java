package dev.attache.story;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a link or an upload can be used.
 *
 * @param at until or since when; null if unknown
 */
public record StoryState(Kind kind, @Nullable Instant at) {

    /** Kinds of states. */
    public enum Kind {
        OPEN("open"),
        EXPIRED("expired"),
        REVOKED("revoked"),
        USED_UP("used up"),
        COMPLETE("complete"),
        DECLINED("declined");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
