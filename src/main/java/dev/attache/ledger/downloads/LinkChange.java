package dev.attache.ledger.downloads;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A revocation and an extension of links, of which a revocation wins.
 *
 * @param revocation null if the links were not revoked
 * @param extension null if the links were not extended
 */
public record LinkChange(
        @Nullable Revocation revocation, @Nullable Extension extension) {

    /** Neither revoked nor extended. */
    public static final LinkChange NONE = new LinkChange(null, null);

    /**
     * A copy with this revocation, unless a later one is known: the later one concerns more links. An event that is
     * received again changes nothing: without a time of its own it has a later time at each receive.
     */
    public LinkChange with(Revocation other) {
        boolean isKnown = revocation != null && revocation.eventId().equals(other.eventId());
        return isKnown ? this : new LinkChange(later(revocation, other), extension);
    }

    /** A copy with this extension, unless it is that of the same event, or a later one is known. */
    public LinkChange with(Extension other) {
        boolean isKnown = extension != null && extension.eventId().equals(other.eventId());
        return isKnown ? this : new LinkChange(revocation, later(extension, other));
    }

    /** The changes of two targets. Of their extensions the longer one counts, so that none shortens a link. */
    public LinkChange and(LinkChange other) {
        return new LinkChange(
                other.revocation == null ? revocation : later(revocation, other.revocation),
                longer(extension, other.extension));
    }

    private static @Nullable Extension longer(@Nullable Extension one, @Nullable Extension other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.until().isBefore(other.until()) ? other : one;
    }

    /** Only the changes whose events are later than this time, at which the links were issued. */
    public LinkChange concerning(Instant issuedAt) {
        return new LinkChange(
                revocation != null && issuedAt.isBefore(revocation.at()) ? revocation : null,
                extension != null && issuedAt.isBefore(extension.at()) ? extension : null);
    }

    private static Revocation later(@Nullable Revocation one, Revocation other) {
        return one == null || one.at().isBefore(other.at()) ? other : one;
    }

    /** Of two extensions at the same time, the longer one counts. */
    private static Extension later(@Nullable Extension one, Extension other) {
        if (one == null || one.at().isBefore(other.at())) {
            return other;
        }
        return one.at().equals(other.at()) && one.until().isBefore(other.until()) ? other : one;
    }

    /**
     * A revocation.
     *
     * @param at the time of the event that requested it
     * @param eventId the id of that event
     */
    public record Revocation(Instant at, String eventId) {}

    /**
     * An extension.
     *
     * @param until when the links expire; links that expire later anyway are not concerned
     * @param at the time of the event that requested it
     * @param eventId the id of that event
     */
    public record Extension(Instant until, Instant at, String eventId) {

        /** When the links expire, at most this long after the event. */
        public Instant limited(Duration maxPageExpiry) {
            Instant limit = at.plus(maxPageExpiry);
            return until.isBefore(limit) ? until : limit;
        }
    }
}
