package dev.attache.download;

import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.DownloadAccess;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.DownloadUse;
import dev.attache.ledger.downloads.DownloadUse.Renewal;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.LinkChange;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.source.SourcePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A page with everything that decides whether it may be used, except for changes of its objects.
 *
 * @param request the changes of the page's request
 * @param recipient the changes of the page's recipient
 * @param policy the policy of the page's source; empty if the source is no longer configured
 * @param now the time of the decision
 */
record PageStatus(
        DeliveryKey key,
        IssuedPage issued,
        DownloadUse use,
        LinkChange request,
        LinkChange recipient,
        Optional<SourcePolicy> policy,
        Instant now) {

    /** How many addresses may be typed to confirm that of the recipient, in the whole life of a page. */
    static final int MOST_TYPED_ADDRESSES = 10;

    /** How many mails with a confirming link a page may cause, and again after each renewal. */
    static final int MOST_CONFIRMATIONS = 5;

    /** The time from one mail with a confirming link to the next. */
    static final Duration BETWEEN_CONFIRMATIONS = Duration.ofHours(1);

    /** The status after another use. */
    PageStatus with(DownloadUse changed) {
        return new PageStatus(key, issued, changed, request, recipient, policy, now);
    }

    /** The generation of the last mail with a new link; 0 without one. */
    int newestGeneration() {
        return use.renewals().size();
    }

    /** The generation whose link expires last: a link that confirms the address may expire before an earlier one. */
    int longestGeneration() {
        return IntStream.rangeClosed(0, newestGeneration())
                .boxed()
                .max(Comparator.comparing(this::expiry))
                .orElseThrow();
    }

    /** When the link of a generation expires, without extensions. */
    Instant expiry(int generation) {
        return generation == 0
                ? issued.page().expiresAt()
                : use.renewals().get(generation - 1).expiresAt();
    }

    /** When the page expires at the latest, whatever is extended or renewed. */
    Instant lastEnd() {
        return issued.issuedAt().plus(DownloadAccess.LONGEST);
    }

    int items() {
        return issued.page().items().size();
    }

    boolean hasItem(int item) {
        return item >= 0 && item < items();
    }

    /** The state of the page, without changes of its objects. */
    State state(int generation) {
        return configured(DownloadAccess.of(issued, generation, use, request, recipient, now, longestLifetime()));
    }

    /** The state of an item. */
    State itemState(int generation, int item, LinkChange object) {
        return configured(DownloadAccess.itemState(
                issued, generation, item, use, request, recipient, object, now, longestLifetime()));
    }

    /** Whether S3 may have deleted the object of an item. */
    boolean isGone(int item) {
        return issued.page().items().get(item).isGone(now);
    }

    /** Whether the address must be confirmed before a download. A link that only the recipient got confirms it. */
    boolean mustConfirm(int generation) {
        return issued.page().confirmAddress() && use.confirmedAt() == null && !isConfirming(generation);
    }

    /** Whether a typed address is compared. Otherwise only a link in another mail confirms the address. */
    boolean mayTypeAddress() {
        return use.typedAddresses() < MOST_TYPED_ADDRESSES;
    }

    /**
     * Whether another mail with a confirming link may be sent. Those sent before a renewal do not count: they expired.
     */
    boolean mayConfirmByMail() {
        List<Renewal> newestFirst = use.renewals().reversed().stream()
                .takeWhile(Renewal::confirming)
                .toList();
        return newestFirst.size() < MOST_CONFIRMATIONS
                && newestGeneration() < PageTokens.LAST_GENERATION
                && (newestFirst.isEmpty()
                        || !now.isBefore(newestFirst.getFirst().at().plus(BETWEEN_CONFIRMATIONS)));
    }

    private boolean isConfirming(int generation) {
        return generation > 0
                && generation <= newestGeneration()
                && use.renewals().get(generation - 1).confirming();
    }

    /**
     * Whether the source allows the recipient another renewal, the page is young enough for it, and S3 keeps one of its
     * files, as far as was known when the page was issued. Does not check whether the page has expired.
     */
    boolean mayRenew() {
        int allowed = policy.map(SourcePolicy::renewals).orElse(0);
        Instant end = lastEnd();
        Duration least = policy.map(SourcePolicy::minimumLifetime).orElse(Duration.ZERO);
        boolean isKept = issued.page().items().stream().anyMatch(item -> !item.isGone(now.plus(least)));
        long sent = use.renewals().stream().filter(Renewal::byRecipient).count();
        return sent < allowed
                && newestGeneration() < PageTokens.LAST_GENERATION
                && !now.plus(least).isAfter(end)
                && isKept;
    }

    /** A page of a source that is no longer configured has expired. */
    private State configured(State state) {
        return policy.isPresent() || !(state instanceof State.Open) ? state : new State.Expired(now);
    }

    private Duration longestLifetime() {
        return policy.map(SourcePolicy::maximumPageLifetime).orElse(Duration.ZERO);
    }
}
