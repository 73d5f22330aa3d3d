package dev.attache.ledger.downloads;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A revocation and the extensions of links, of which a revocation wins.
 *
 * <p>An extension whose event is later concerns more links, and one with a later {@code until} extends them for longer.
 * So each that is exceeded by none in both is kept; which these are does not depend on the order in which events are
 * received.
 *
 * @param revocation null if the links were not revoked
 * @param extensions the extensions, the earliest event first, so the longest first. Records of earlier releases have
 *     one object instead, the last extension
 */
public record LinkChange(
        @Nullable Revocation revocation,

        @JsonAlias("extension") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<Extension> extensions) {

    /** Neither revoked nor extended. */
    public static final LinkChange NONE = new LinkChange(null, List.of());

    /**
     * The most extensions of one record, which is read whenever a page is opened. More than one is kept only if a later
     * event names an earlier time.
     */
    public static final int MOST_EXTENSIONS = 50;

    private static final Comparator<Extension> ORDER = Comparator.comparing(Extension::at)
            .thenComparing(Extension::until)
            .thenComparing(Extension::eventId, Comparator.reverseOrder());

    public LinkChange {
        extensions = extensions == null ? List.of() : List.copyOf(extensions);
    }

    /**
     * A copy with this revocation, unless a later one is known: the later one concerns more links. An event that is
     * received again changes nothing: without a time of its own it has a later time at each receive.
     */
    public LinkChange with(Revocation other) {
        boolean isKnown = revocation != null && revocation.eventId().equals(other.eventId());
        return isKnown ? this : new LinkChange(later(revocation, other), extensions);
    }

    /**
     * A copy with this extension, unless it is included already, or would be one more than {@link #MOST_EXTENSIONS}.
     */
    public LinkChange with(Extension other) {
        if (includes(other)) {
            return this;
        }
        List<Extension> kept = notExceeded(Stream.concat(extensions.stream(), Stream.of(other)));
        return kept.size() > MOST_EXTENSIONS ? this : new LinkChange(revocation, kept);
    }

    /** Whether this extension, one of the same event, or one that exceeds it is known. */
    public boolean includes(Extension other) {
        return extensions.stream().anyMatch(it -> it.eventId().equals(other.eventId()) || it.exceeds(other));
    }

    /** The changes of two targets. Of their extensions those that are exceeded count less, so none shortens a link. */
    public LinkChange and(LinkChange other) {
        return new LinkChange(
                other.revocation == null ? revocation : later(revocation, other.revocation),
                notExceeded(Stream.concat(extensions.stream(), other.extensions.stream())));
    }

    /** Only the changes whose events are later than this time, at which the links were issued. */
    public LinkChange concerning(Instant issuedAt) {
        return new LinkChange(
                revocation != null && issuedAt.isBefore(revocation.at()) ? revocation : null,
                extensions.stream()
                        .filter(extension -> issuedAt.isBefore(extension.at()))
                        .toList());
    }

    /**
     * When the longest extension ends; empty if there is none.
     *
     * @param maxPageExpiry the source's limit; each extension is limited to this time after its event
     */
    public Optional<Instant> extendedUntil(Duration maxPageExpiry) {
        return extensions.stream()
                .map(extension -> extension.limited(maxPageExpiry))
                .max(Comparator.naturalOrder());
    }

    private static List<Extension> notExceeded(Stream<Extension> extensions) {
        List<Extension> all = extensions.distinct().sorted(ORDER).toList();
        return all.stream()
                .filter(one -> all.stream().noneMatch(other -> other.exceeds(one)))
                .toList();
    }

    private static Revocation later(@Nullable Revocation one, Revocation other) {
        return one == null || one.at().isBefore(other.at()) ? other : one;
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

        /** Whether this one concerns at least the same links, and extends them for at least as long. */
        private boolean exceeds(Extension other) {
            return !at.isBefore(other.at) && !until.isBefore(other.until) && ORDER.compare(this, other) > 0;
        }
    }
}
