package dev.attache.download;

import dev.attache.contract.value.SignedUrl;
import dev.attache.ledger.downloads.DownloadAccess;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.DownloadUse;
import dev.attache.ledger.downloads.DownloadUse.ItemUse;
import dev.attache.ledger.downloads.DownloadUses;
import dev.attache.ledger.downloads.DueDownloads;
import dev.attache.ledger.downloads.DueDownloads.Due;
import dev.attache.ledger.downloads.DueDownloads.Kind;
import dev.attache.ledger.downloads.LinkChange;
import dev.attache.ledger.downloads.PageToken;
import dev.attache.source.SourcePolicy;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows download pages and counts downloads. Only {@link #press} changes anything.
 *
 * <p>Both methods throw the exceptions of the ledger and of S3, after which the person may try again.
 */
public final class DownloadUsage {

    private final PageStatuses statuses;

    private final ItemLinks links;

    private final DownloadUses uses;

    private final DueDownloads due;

    private final UseAnnouncer announcer;

    private final Supplier<String> useIds;

    private final DownloadMetrics metrics;

    /** @param useIds returns a new random id at each call: up to 32 hexadecimal digits */
    DownloadUsage(
            PageStatuses statuses,
            ItemLinks links,
            DownloadUses uses,
            DueDownloads due,
            UseAnnouncer announcer,
            Supplier<String> useIds,
            DownloadMetrics metrics) {
        this.statuses = statuses;
        this.links = links;
        this.uses = uses;
        this.due = due;
        this.announcer = announcer;
        this.useIds = useIds;
        this.metrics = metrics;
    }

    /** What the button of an item leads to. */
    public sealed interface Result {

        /**
         * To the file.
         *
         * @param url a signed link to S3
         */
        record Redirect(SignedUrl url) implements Result {}

        /** To a page that says why there is no file. */
        record Refused(Refusal reason) implements Result {}
    }

    /** The page of a token; empty if its mail is not claimed yet. Changes nothing. */
    public Optional<PageView> find(PageToken token) {
        return statuses.find(token.key()).map(page -> {
            State state = statuses.state(page, token.generation());
            return new PageView(
                    page.issued(),
                    state,
                    page.use(),
                    page.mustConfirm(token.generation()),
                    page.mustConfirm(token.generation()) && !page.mayTypeAddress(),
                    state instanceof State.Expired && page.mayRenew());
        });
    }

    /**
     * Counts a download of an item, and returns a link to the file. A use is counted only if the file can be
     * downloaded. Events about it are published afterwards, and do not delay the answer.
     *
     * @param item the item's index on the page
     * @param typedAddress the address that the person typed to confirm it; null if none was typed
     * @throws dev.attache.link.LinkNotSignableException if the credentials expire too soon
     */
    public Result press(PageToken token, int item, @Nullable String typedAddress) {
        Result result = statuses.find(token.key())
                .map(page -> pressed(page, token.generation(), item, typedAddress))
                .orElseGet(() -> new Result.Refused(Refusal.NOT_YET));
        metrics.pressed(result);
        return result;
    }

    private Result pressed(PageStatus page, int generation, int item, @Nullable String typedAddress) {
        if (!page.hasItem(item)) {
            return new Result.Refused(Refusal.ITEM_UNKNOWN);
        }
        LinkChange object = statuses.changeOfObject(page.issued(), item);
        Optional<Refusal> closed = refusal(page, item, page.itemState(generation, item, object));
        SourcePolicy policy = page.policy().orElse(null);
        if (closed.isPresent() || policy == null) {
            return new Result.Refused(closed.orElse(Refusal.EXPIRED));
        }
        Optional<Refusal> unconfirmed =
                page.mustConfirm(generation) ? unconfirmed(page, typedAddress) : Optional.empty();
        if (unconfirmed.isPresent()) {
            return new Result.Refused(unconfirmed.get());
        }
        return switch (links.sign(page.issued(), policy, item)) {
            case ItemLinks.Offer.Unavailable(Refusal reason) -> new Result.Refused(reason);
            case ItemLinks.Offer.Signed(SignedUrl url) -> count(page, generation, item, object, url);
        };
    }

    /**
     * Why the address is not confirmed; empty if it is. Each address is counted before it is compared, so that many
     * requests at the same time, to any worker, cannot have more addresses compared.
     */
    private Optional<Refusal> unconfirmed(PageStatus page, @Nullable String typedAddress) {
        if (!page.mayTypeAddress()) {
            return Optional.of(Refusal.ADDRESS_BY_MAIL);
        }
        if (typedAddress == null || AddressConfirmation.isMissing(typedAddress)) {
            return Optional.of(Refusal.ADDRESS_REQUIRED);
        }
        boolean[] counted = new boolean[1];
        uses.change(page.key(), use -> {
            counted[0] = page.with(use).mayTypeAddress();
            return counted[0] ? use.withTypedAddress() : use;
        });
        if (!counted[0]) {
            return Optional.of(Refusal.ADDRESS_BY_MAIL);
        }
        return AddressConfirmation.matches(
                        typedAddress, page.issued().recipient().address())
                ? Optional.empty()
                : Optional.of(Refusal.ADDRESS_WRONG);
    }

    /** Of several presses at the same time, the limit admits those whose use is written first. */
    private Result count(PageStatus page, int generation, int item, LinkChange object, SignedUrl url) {
        String useId = useIds.get();
        Due marker = new Due(page.now(), Kind.EVENTS, page.key(), useId);
        boolean[] marked = new boolean[1];
        DownloadUse recorded = uses.change(page.key(), use -> {
            State state = page.with(use).itemState(generation, item, object);
            if (isCounted(use, item, useId) || !(state instanceof State.Open(Instant until))) {
                return use;
            }
            DownloadUse counted = reopened(page, confirmed(page, use), until).withUse(item, useId, page.now());
            if (!marked[0] && UseAnnouncer.isPending(page.issued(), counted, page.now())) {
                // Before the count is written: the worker may crash afterwards.
                due.add(marker);
                addEndOfRepetition(page, counted.item(item), useId);
                marked[0] = true;
            }
            return counted;
        });
        if (!isCounted(recorded, item, useId)) {
            State state = page.with(recorded).itemState(generation, item, object);
            return new Result.Refused(refusal(page, item, state).orElse(Refusal.EXHAUSTED));
        }
        if (marked[0]) {
            announcer.announceSoon(page.with(recorded), marker);
        }
        return new Result.Redirect(url);
    }

    private static boolean isCounted(DownloadUse use, int item, String useId) {
        return use.item(item).recent().contains(useId);
    }

    private static DownloadUse confirmed(PageStatus page, DownloadUse use) {
        return page.issued().page().confirmAddress() ? use.withConfirmation(page.now()) : use;
    }

    /** A page that was extended after its expiry was reported has a second report, if it is used. */
    private DownloadUse reopened(PageStatus page, DownloadUse use, Instant until) {
        if (use.expiryAnnounced() && page.issued().page().reportExpiry()) {
            due.add(new Due(until, Kind.EXPIRY, page.key(), ""));
            return use.withReopening();
        }
        return use;
    }

    /** An item of a one-time page is exhausted some time after its first download. A sweep then announces it. */
    private void addEndOfRepetition(PageStatus page, ItemUse use, String useId) {
        if (page.issued().page().oneTime() && use.first() != null && use.count() == 1) {
            due.add(new Due(use.first().plus(DownloadAccess.REPEATABLE), Kind.EVENTS, page.key(), useId));
        }
    }

    private static Optional<Refusal> refusal(PageStatus page, int item, State state) {
        return switch (state) {
            case State.Open open -> Optional.empty();
            case State.Expired expired -> Optional.of(page.isGone(item) ? Refusal.OBJECT_GONE : Refusal.EXPIRED);
            case State.Revoked revoked -> Optional.of(Refusal.REVOKED);
            case State.Exhausted exhausted -> Optional.of(Refusal.EXHAUSTED);
        };
    }
}
