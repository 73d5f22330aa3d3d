package dev.attache.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands in a claim's object.
 *
 * @param owner random and new for each taking, so that no two claims are the same bytes: identical bytes have identical
 *     ETags, and {@code If-Match} would take another's claim for ours
 * @param takeovers how often an owner's lease ran out, so that nobody knows whether it has sent the mail; absent for
 *     never
 * @param contentDigest what the mail says, as a {@link dev.attache.contract.ContentDigest}; absent where that is not
 *     known
 */
record ClaimRecord(
        State state,
        String owner,
        @Nullable Integer takeovers,
        @Nullable String contentDigest) {

    /** The ledger's own: its format does not change with the application's. Unknown fields are passed over. */
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What is known of the mail. */
    enum State {
        /** Its owner sends it, or has died. */
        @JsonProperty("sending")
        SENDING,
        /** The relay has it. Final. */
        @JsonProperty("sent")
        SENT,
        /** Its owner has failed and given it back. */
        @JsonProperty("free")
        FREE
    }

    static ClaimRecord read(byte[] content) {
        return JSON.readValue(content, ClaimRecord.class);
    }

    int timesTakenOver() {
        return takeovers == null ? 0 : takeovers;
    }

    byte[] bytes() {
        return JSON.writeValueAsBytes(this);
    }
}
