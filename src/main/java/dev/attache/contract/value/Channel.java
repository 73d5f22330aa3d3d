package dev.attache.contract.value;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a link reaches its recipient. */
public enum Channel {

    /** A transactional mail. */
    @JsonProperty("email")
    EMAIL,
    /** A mail of a campaign, with a link to unsubscribe. */
    @JsonProperty("newsletter")
    NEWSLETTER,
    /** No mail; only {@code link.issued} is published. */
    @JsonProperty("event")
    EVENT;

    /** The name in events and in the message attribute {@code channel}. */
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
