package dev.attache.download;

import dev.attache.contract.value.RejectedException;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.DownloadUses;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.IssuedPages;
import dev.attache.ledger.downloads.LinkChange;
import dev.attache.ledger.downloads.LinkChanges;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcePolicy;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;

/** Looks up pages, how they were used, and what was changed since. */
final class PageStatuses {

    /** The most items of one page whose changes are looked up concurrently. */
    private static final int ITEMS_AT_ONCE = 16;

    private final IssuedPages pages;

    private final DownloadUses uses;

    private final LinkChanges changes;

    private final SourcePolicies policies;

    private final Clock clock;

    PageStatuses(IssuedPages pages, DownloadUses uses, LinkChanges changes, SourcePolicies policies, Clock clock) {
        this.pages = pages;
        this.uses = uses;
        this.changes = changes;
        this.policies = policies;
        this.clock = clock;
    }

    /** Empty if the mail is not claimed yet, or if its claim was deleted. */
    Optional<PageStatus> find(DeliveryKey key) {
        return pages.find(key).map(page -> of(key, page));
    }

    PageStatus of(DeliveryKey key, IssuedPage page) {
        return new PageStatus(
                key,
                page,
                uses.find(key),
                changes.ofRequest(page.source(), page.requestId()),
                changes.ofRecipient(page.source(), page.recipient().address()),
                policy(page.source()),
                clock.instant());
    }

    /** The state of an item, with the changes of its object. */
    State itemState(PageStatus page, int generation, int item) {
        return page.itemState(generation, item, changeOfObject(page.issued(), item));
    }

    LinkChange changeOfObject(IssuedPage page, int item) {
        return changes.ofObject(page.source(), page.page().items().get(item).object());
    }

    /**
     * The state of the page. If it has expired, the changes of its objects are looked up too, because an object may
     * have been extended: the page is open as long as one of its items is. It is revoked if all of its objects were.
     */
    State state(PageStatus page, int generation) {
        State state = page.state(generation);
        if (!(state instanceof State.Expired)) {
            return state;
        }
        List<State> items = itemStates(page, generation);
        return latest(items, State.Open.class, State.Open::until)
                .<State>map(State.Open::new)
                .or(() ->
                        latest(items, State.Expired.class, State.Expired::since).map(State.Expired::new))
                .or(() -> items.stream().filter(State.Revoked.class::isInstance).findFirst())
                .orElse(state);
    }

    /**
     * When the first of the items that can be downloaded ends, with the changes of all objects; empty if none can be.
     */
    Optional<Instant> firstEnd(PageStatus page, int generation) {
        return itemStates(page, generation).stream()
                .filter(State.Open.class::isInstance)
                .map(state -> ((State.Open) state).until())
                .min(Comparator.naturalOrder());
    }

    private static <S extends State> Optional<Instant> latest(
            List<State> items, Class<S> kind, Function<S, Instant> time) {
        return items.stream().filter(kind::isInstance).map(kind::cast).map(time).max(Comparator.naturalOrder());
    }

    private List<State> itemStates(PageStatus page, int generation) {
        return IntStream.range(0, page.items())
                .boxed()
                .gather(Gatherers.mapConcurrent(ITEMS_AT_ONCE, item -> itemState(page, generation, item)))
                .toList();
    }

    private Optional<SourcePolicy> policy(String source) {
        try {
            return Optional.of(policies.require(source));
        } catch (RejectedException removed) {
            return Optional.empty();
        }
    }
}
