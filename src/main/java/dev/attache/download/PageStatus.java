package dev.attache.download;

import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.DownloadAccess;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.DownloadUse;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.LinkChange;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.source.SourcePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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

    /** The status after another use. */
    PageStatus with(DownloadUse changed) {
        return new PageStatus(key, issued, changed, request, recipient, policy, now);
    }

    /** The generation of the last renewal; 0 without one. */
    int newestGeneration() {
        return use.renewals().size();
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

    boolean mustConfirm() {
        return issued.page().confirmAddress() && use.confirmedAt() == null;
    }

    /**
     * Whether the source allows another renewal, and the page is young enough for it. Does not check whether the page
     * has expired.
     */
    boolean mayRenew() {
        int allowed = Math.min(policy.map(SourcePolicy::renewals).orElse(0), PageTokens.LAST_GENERATION);
        Instant end = issued.issuedAt().plus(DownloadAccess.LONGEST);
        Duration least = policy.map(SourcePolicy::minimumLifetime).orElse(Duration.ZERO);
        return newestGeneration() < allowed && !now.plus(least).isAfter(end);
    }

    /** A page of a source that is no longer configured has expired. */
    private State configured(State state) {
        return policy.isPresent() || !(state instanceof State.Open) ? state : new State.Expired(now);
    }

    private Duration longestLifetime() {
        return policy.map(SourcePolicy::maximumPageLifetime).orElse(Duration.ZERO);
    }
}
