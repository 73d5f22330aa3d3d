package dev.attache.ledger.downloads;

import dev.attache.contract.value.DownloadPage;
import dev.attache.ledger.downloads.DownloadUse.ItemUse;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Decides whether a download page, or an item of it, may be used. A revocation wins over an extension and a renewal.
 * Changes of a recipient or an object concern pages that were issued before the change's time; changes of a request
 * concern all of its pages.
 */
public final class DownloadAccess {

    /** The longest lifetime of a page, after which no extension or renewal opens it: its claim will be deleted. */
    public static final Duration LONGEST = Duration.ofDays(90);

    /** How long an item of a one-time page may be downloaded again. */
    public static final Duration REPEATABLE = Duration.ofMinutes(15);

    private DownloadAccess() {}

    /**
     * Returns the state of a page. It is exhausted if all of its items are. Otherwise it lives as long as the longest
     * of those that are not: no item lives longer than S3 keeps its object.
     *
     * @param generation the generation of the token
     * @param request the changes of the page's request
     * @param recipient the changes of the page's recipient
     * @param maxPageExpiry the source's limit; an extension is limited to this time after its event
     */
    public static State of(
            IssuedPage page,
            int generation,
            DownloadUse use,
            LinkChange request,
            LinkChange recipient,
            Instant now,
            Duration maxPageExpiry) {
        LinkChange changes = request.and(recipient.concerning(page.issuedAt()));
        Instant expiry = expiry(page, generation, use, changes, maxPageExpiry);
        Optional<Instant> end = IntStream.range(0, page.page().items().size())
                .filter(item -> !isExhausted(page.page(), use.item(item), now))
                .mapToObj(item -> end(page, item, expiry))
                .max(Comparator.naturalOrder());
        return state(changes, end.isEmpty(), end.orElse(expiry), now);
    }

    /**
     * Returns the state of one item of a page.
     *
     * @param item the item's index
     * @param object the changes of the item's object
     * @throws IndexOutOfBoundsException if the page has no such item
     */
    public static State itemState(
            IssuedPage page,
            int generation,
            int item,
            DownloadUse use,
            LinkChange request,
            LinkChange recipient,
            LinkChange object,
            Instant now,
            Duration maxPageExpiry) {
        Objects.checkIndex(item, page.page().items().size());
        boolean exhausted = isExhausted(page.page(), use.item(item), now);
        LinkChange changes = request.and(recipient.concerning(page.issuedAt())).and(object.concerning(page.issuedAt()));
        Instant expiry = expiry(page, generation, use, changes, maxPageExpiry);
        return state(changes, exhausted, end(page, item, expiry), now);
    }

    /** Whether an item may not be downloaded any more because of the page's limits. */
    public static boolean isExhausted(DownloadPage page, ItemUse use, Instant now) {
        boolean usedOnce = page.oneTime()
                && use.first() != null
                && !now.isBefore(use.first().plus(REPEATABLE));
        return usedOnce || (page.maxDownloads() != null && use.count() >= page.maxDownloads());
    }

    private static State state(LinkChange changes, boolean exhausted, Instant expiresAt, Instant now) {
        if (changes.revocation() != null) {
            return new State.Revoked(changes.revocation().at());
        }
        if (exhausted) {
            return new State.Exhausted();
        }
        return now.isBefore(expiresAt) ? new State.Open(expiresAt) : new State.Expired(expiresAt);
    }

    /** A token of a renewal that is not recorded expires with the page itself. */
    private static Instant expiry(
            IssuedPage page, int generation, DownloadUse use, LinkChange changes, Duration maxPageExpiry) {
        Instant issued = generation > 0 && generation <= use.renewals().size()
                ? use.renewals().get(generation - 1).expiresAt()
                : page.page().expiresAt();
        Instant expiry = changes.extendedUntil(maxPageExpiry)
                .map(extended -> later(issued, extended))
                .orElse(issued);
        return earlier(expiry, page.issuedAt().plus(LONGEST));
    }

    /** No item can be downloaded after S3 may have deleted its object, whatever was extended or renewed. */
    private static Instant end(IssuedPage page, int item, Instant expiry) {
        Instant availableUntil = page.page().items().get(item).availableUntil();
        return availableUntil == null ? expiry : earlier(expiry, availableUntil);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Whether and until when a page or an item may be used. */
    public sealed interface State {

        /** It may be used before this time. */
        record Open(Instant until) implements State {}

        /** It may not be used since this time. It can be extended, and renewed if the source allows that. */
        record Expired(Instant since) implements State {}

        /** The sender has revoked it. Final. */
        record Revoked(Instant at) implements State {}

        /** It was downloaded as often as the sender allows. */
        record Exhausted() implements State {}
    }
}
