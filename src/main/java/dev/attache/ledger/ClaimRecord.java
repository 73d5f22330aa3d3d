package dev.attache.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.attache.ledger.Claims.Acceptance;
import dev.attache.ledger.downloads.IssuedPage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The content of a claim's object.
 *
 * @param owner a new random id for each claim, so that no two claims have the same content: identical contents have
 *     identical ETags, and {@code If-Match} could not distinguish another worker's claim from ours
 * @param takeovers how often the claim was taken over after a lease expired, when it was unknown whether the mail was
 *     sent; null for never
 * @param contentDigest the {@link dev.attache.contract.ContentDigest} of the mail; null if unknown
 * @param page the download page of the mail; null if it has none of its own. Every later state of the claim keeps it
 * @param accepted when the relay accepted the mail, and with which reply; null until then, and in claims that earlier
 *     builds marked, which ignore it
 */
record ClaimRecord(
        State state,
        String owner,
        @Nullable Integer takeovers,
        @Nullable String contentDigest,
        @Nullable IssuedPage page,
        @Nullable Acceptance accepted) {

    /** The ledger's own mapper, so that its format does not depend on the application's. Unknown fields are ignored. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .changeDefaultPropertyInclusion(it -> it.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    /** A claim on a mail that no relay has accepted yet. */
    ClaimRecord(
            State state,
            String owner,
            @Nullable Integer takeovers,
            @Nullable String contentDigest,
            @Nullable IssuedPage page) {
        this(state, owner, takeovers, contentDigest, page, null);
    }

    /** The state of the mail. */
    enum State {
        /** The owner of the claim is sending it, or has stopped without a result. */
        @JsonProperty("sending")
        SENDING,
        /** The relay has accepted it. Final. */
        @JsonProperty("sent")
        SENT,
        /** The owner of the claim has failed to send it, and has released the claim. */
        @JsonProperty("free")
        FREE
    }

    static ClaimRecord read(byte[] content) {
        return JSON.readValue(content, ClaimRecord.class);
    }

    /** This claim after its mail was sent. */
    ClaimRecord sent(@Nullable Acceptance reply) {
        return new ClaimRecord(State.SENT, owner, takeovers, contentDigest, page, reply);
    }

    /** This claim after its mail was not sent. */
    ClaimRecord released() {
        return new ClaimRecord(State.FREE, owner, takeovers, contentDigest, page);
    }

    int timesTakenOver() {
        return takeovers == null ? 0 : takeovers;
    }

    byte[] bytes() {
        return JSON.writeValueAsBytes(this);
    }
}
