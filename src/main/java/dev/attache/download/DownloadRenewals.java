package dev.attache.download;

import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.DownloadUse;
import dev.attache.ledger.downloads.DownloadUse.Renewal;
import dev.attache.ledger.downloads.DownloadUses;
import dev.attache.ledger.downloads.DueDownloads;
import dev.attache.ledger.downloads.DueDownloads.Due;
import dev.attache.ledger.downloads.DueDownloads.Kind;
import dev.attache.ledger.downloads.PageToken;
import dev.attache.source.SourcePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;

/**
 * Sends new links. Renews expired pages: a mail with a new link goes to the recipient of the first mail, and to nobody
 * else. The new link has a token of the next generation with an expiry of its own. Tokens of earlier generations stay
 * expired, so that a renewal does not open the page for others to whom the first mail was forwarded.
 *
 * <p>If too many addresses were typed on an open page that asks for the recipient's, the same mail has a link that
 * confirms it. Anybody who has a link can cause this mail, but only the recipient gets it.
 */
public final class DownloadRenewals {

    /** The most items of one page that are looked at concurrently. */
    private static final int ITEMS_AT_ONCE = 16;

    private final PageStatuses statuses;

    private final ItemObjects objects;

    private final DownloadUses uses;

    private final DueDownloads due;

    private final UseAnnouncer announcer;

    private final Supplier<String> markerIds;

    private final DownloadMetrics metrics;

    /** @param markerIds returns a new random id at each call: up to 32 hexadecimal digits */
    DownloadRenewals(
            PageStatuses statuses,
            ItemObjects objects,
            DownloadUses uses,
            DueDownloads due,
            UseAnnouncer announcer,
            Supplier<String> markerIds,
            DownloadMetrics metrics) {
        this.statuses = statuses;
        this.objects = objects;
        this.uses = uses;
        this.due = due;
        this.announcer = announcer;
        this.markerIds = markerIds;
        this.metrics = metrics;
    }

    /** What became of a request for a new link. Not shown to the person who asked. */
    enum Outcome {
        /** A mail was issued. */
        RENEWED,
        /** A mail with a link that confirms the address was issued. */
        CONFIRMATION_SENT,
        /** The mail is not claimed yet, or its claim was deleted. */
        UNKNOWN,
        /** The page is open, revoked or exhausted. */
        NOT_EXPIRED,
        /** The source does not allow another renewal, the page is too old, or such a mail was sent recently. */
        NOT_ALLOWED,
        /** No file of the page can be downloaded. */
        NO_OBJECT
    }

    /**
     * Sends a new link, if the page has expired and its source allows another renewal, or if only a mail can confirm
     * the recipient's address. The caller gets the same answer whether or not a mail was issued, and shows the same
     * answer.
     *
     * @throws RuntimeException of the ledger and of S3; the person may try again
     */
    public void request(PageToken token) {
        metrics.renewal(statuses.find(token.key())
                .map(page -> send(page, token.generation()))
                .orElse(Outcome.UNKNOWN));
    }

    private Outcome send(PageStatus page, int generation) {
        return page.mustConfirm(generation)
                        && !page.mayTypeAddress()
                        && statuses.state(page, generation) instanceof State.Open(Instant until)
                ? confirm(page, until)
                : renew(page);
    }

    /** Independent of the source's renewals: without such a mail, others could lock the recipient out. */
    private Outcome confirm(PageStatus page, Instant until) {
        return page.mayConfirmByMail()
                ? record(page, Renewal.confirming(page.now(), until), Outcome.CONFIRMATION_SENT)
                : Outcome.NOT_ALLOWED;
    }

    private Outcome renew(PageStatus page) {
        if (!isExpired(page)) {
            return Outcome.NOT_EXPIRED;
        }
        SourcePolicy policy = page.policy().orElse(null);
        if (policy == null || !page.mayRenew()) {
            return Outcome.NOT_ALLOWED;
        }
        Optional<Duration> lifetime = lifetime(page, policy);
        return lifetime.isEmpty()
                ? Outcome.NO_OBJECT
                : record(page, Renewal.of(page.now(), page.now().plus(lifetime.get())), Outcome.RENEWED);
    }

    /** Counts every generation: while the link of an earlier renewal works, there is no new one. */
    private boolean isExpired(PageStatus page) {
        return statuses.state(page, page.longestGeneration()) instanceof State.Expired;
    }

    private Outcome record(PageStatus page, Renewal renewal, Outcome outcome) {
        return record(page, renewal) ? outcome : Outcome.NOT_EXPIRED;
    }

    /**
     * Records a mail with a new link, and publishes it without delay.
     *
     * @return whether it is recorded; false if another one was recorded since the page was looked up
     */
    boolean record(PageStatus page, Renewal renewal) {
        Due marker = new Due(page.now(), Kind.EVENTS, page.key(), markerIds.get());
        boolean[] marked = new boolean[1];
        DownloadUse recorded = uses.change(page.key(), use -> {
            // Another request may have renewed the page since; its link is open.
            boolean isCounted = use.renewals().contains(renewal);
            if (isCounted || use.renewals().size() != page.newestGeneration()) {
                return use;
            }
            if (!marked[0]) {
                due.add(marker);
                if (page.issued().page().reportExpiry()) {
                    due.add(new Due(renewal.expiresAt(), Kind.EXPIRY, page.key(), ""));
                }
                marked[0] = true;
            }
            return use.withRenewal(renewal);
        });
        if (!recorded.renewals().contains(renewal)) {
            return false;
        }
        announcer.announceSoon(page.with(recorded), marker);
        return true;
    }

    /**
     * The lifetime of the first link, at most that of the source's current policy, of the ledger's records, and of the
     * page's files: its mail promises all of those that can be downloaded. Empty if there is none.
     */
    Optional<Duration> lifetime(PageStatus page, SourcePolicy policy) {
        Instant end = page.lastEnd();
        Duration first =
                Duration.between(page.issued().issuedAt(), page.issued().page().expiresAt());
        Duration wanted = shortest(first, policy.maximumPageLifetime(), Duration.between(page.now(), end));
        return IntStream.range(0, page.items())
                .boxed()
                .gather(Gatherers.mapConcurrent(ITEMS_AT_ONCE, item -> ofItem(page, policy, item, wanted)))
                .flatMap(Optional::stream)
                .min(Duration::compareTo);
    }

    /** Empty if the button of the item would lead to no file. */
    private Optional<Duration> ofItem(PageStatus page, SourcePolicy policy, int item, Duration wanted) {
        Duration minimum = shortest(wanted, policy.minimumLifetime());
        Instant end = page.issued().page().items().get(item).availableUntil();
        Duration possible = end == null ? wanted : shortest(wanted, Duration.between(page.now(), end));
        boolean isExpired = statuses.itemState(page, page.longestGeneration(), item) instanceof State.Expired;
        if (!isExpired || possible.compareTo(minimum) < 0) {
            return Optional.empty();
        }
        return switch (objects.find(page.issued(), policy, item, stored -> possible, minimum)) {
            case ItemObjects.Found.Available(Duration lifetime) -> Optional.of(lifetime);
            case ItemObjects.Found.Unavailable unavailable -> Optional.empty();
        };
    }

    private static Duration shortest(Duration first, Duration... others) {
        Duration shortest = first;
        for (Duration other : others) {
            shortest = other.compareTo(shortest) < 0 ? other : shortest;
        }
        return shortest;
    }
}
