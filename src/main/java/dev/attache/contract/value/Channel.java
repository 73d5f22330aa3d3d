package dev.attache.contract.value;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a link reaches its recipient. */
public enum Channel {

    /** A transactional mail. */
    @JsonProperty("email")
    EMAIL,
    /** A mail of a campaign, which carries a way to unsubscribe. */
    @JsonProperty("newsletter")
    NEWSLETTER,
    /** No mail: {@code link.issued} is all there is. */
    @JsonProperty("event")
    EVENT;

    /** The name on the wire, as in the {@code channel} message attribute. */
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
