package dev.attache.ledger.downloads;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a download page was used.
 *
 * @param items the use of each item, in the order of the page; unused items at the end are omitted
 * @param confirmedAt when the recipient confirmed the address
 * @param renewals the mails with a new link, the n-th of which belongs to the tokens of generation n
 * @param remindedAt when the reminder was published
 * @param expiryAnnounced whether {@code link.expired} was published, and the page was not opened again since
 * @param typedAddresses how many addresses were typed to confirm that of the recipient, each before it was compared
 * @param reopenings how often the page was opened again after {@code link.expired} was published
 */
public record DownloadUse(
        List<ItemUse> items,
        @Nullable Instant confirmedAt,
        List<Renewal> renewals,
        @Nullable Instant remindedAt,
        boolean expiryAnnounced,
        int typedAddresses,
        int reopenings) {

    /** Not used. */
    public static final DownloadUse NONE = new DownloadUse(List.of(), null, List.of(), null, false, 0, 0);

    public DownloadUse {
        items = items == null ? List.of() : List.copyOf(items);
        renewals = renewals == null ? List.of() : List.copyOf(renewals);
    }

    /** The use of an item; {@link ItemUse#NONE} if it was not used. */
    public ItemUse item(int index) {
        return index < items.size() ? items.get(index) : ItemUse.NONE;
    }

    /** Whether any item was downloaded. */
    public boolean isDownloaded() {
        return items.stream().anyMatch(ItemUse::isUsed);
    }

    /**
     * A copy with one more use of an item, unless this use is counted already.
     *
     * @param useId a random id of the use
     */
    public DownloadUse withUse(int index, String useId, Instant at) {
        return withItem(index, it -> it.withUse(useId, at));
    }

    /** A copy with a changed item. */
    public DownloadUse withItem(int index, UnaryOperator<ItemUse> change) {
        List<ItemUse> changed = new ArrayList<>(items);
        while (changed.size() <= index) {
            changed.add(ItemUse.NONE);
        }
        changed.set(index, change.apply(changed.get(index)));
        return new DownloadUse(changed, confirmedAt, renewals, remindedAt, expiryAnnounced, typedAddresses, reopenings);
    }

    /** A copy in which the address is confirmed. The first confirmation is kept. */
    public DownloadUse withConfirmation(Instant at) {
        return confirmedAt != null
                ? this
                : new DownloadUse(items, at, renewals, remindedAt, expiryAnnounced, typedAddresses, reopenings);
    }

    /** A copy with one more renewal, whose expiry is not announced. */
    public DownloadUse withRenewal(Renewal renewal) {
        List<Renewal> changed =
                Stream.concat(renewals.stream(), Stream.of(renewal)).toList();
        return new DownloadUse(items, confirmedAt, changed, remindedAt, expiryAnnounced, typedAddresses, reopenings)
                .withReopening();
    }

    /** A copy in which the expiry is not announced, because the page was opened again after it was. */
    public DownloadUse withReopening() {
        return expiryAnnounced
                ? new DownloadUse(items, confirmedAt, renewals, remindedAt, false, typedAddresses, reopenings + 1)
                : this;
    }

    /**
     * A copy in which the mail of a renewal was published.
     *
     * @param generation 1 or more
     */
    public DownloadUse withRenewalAnnounced(int generation) {
        List<Renewal> changed = new ArrayList<>(renewals);
        Renewal renewal = changed.get(generation - 1);
        changed.set(generation - 1, renewal.asAnnounced());
        return new DownloadUse(items, confirmedAt, changed, remindedAt, expiryAnnounced, typedAddresses, reopenings);
    }

    /** A copy in which the reminder was published. */
    public DownloadUse withReminder(Instant at) {
        return remindedAt != null
                ? this
                : new DownloadUse(items, confirmedAt, renewals, at, expiryAnnounced, typedAddresses, reopenings);
    }

    /** A copy with one more typed address. If the response to the write is lost, it may be counted twice. */
    public DownloadUse withTypedAddress() {
        return new DownloadUse(
                items, confirmedAt, renewals, remindedAt, expiryAnnounced, typedAddresses + 1, reopenings);
    }

    /** A copy in which {@code link.expired} was published. */
    public DownloadUse withExpiryAnnounced() {
        return new DownloadUse(items, confirmedAt, renewals, remindedAt, true, typedAddresses, reopenings);
    }

    /**
     * The use of one item.
     *
     * @param count how often it was downloaded
     * @param first when it was downloaded first; null if never
     * @param last when it was downloaded last; null if never
     * @param recent the ids of the last uses, the newest last
     * @param downloadAnnounced whether {@code link.downloaded} was published
     * @param exhaustionAnnounced whether {@code link.exhausted} was published
     */
    public record ItemUse(
            int count,
            @Nullable Instant first,
            @Nullable Instant last,
            List<String> recent,
            boolean downloadAnnounced,
            boolean exhaustionAnnounced) {

        /** Not used. */
        public static final ItemUse NONE = new ItemUse(0, null, null, List.of(), false, false);

        /** How many ids are kept: more than the writes of others between a write and its repetition. */
        private static final int RECENT = 16;

        public ItemUse {
            recent = recent == null ? List.of() : List.copyOf(recent);
        }

        public boolean isUsed() {
            return count > 0;
        }

        ItemUse withUse(String useId, Instant at) {
            if (recent.contains(useId)) {
                return this;
            }
            List<String> ids = Stream.concat(
                            recent.stream().skip(Math.max(0, recent.size() - RECENT + 1)), Stream.of(useId))
                    .toList();
            return new ItemUse(count + 1, first == null ? at : first, at, ids, downloadAnnounced, exhaustionAnnounced);
        }

        /** A copy in which {@code link.downloaded} was published. */
        public ItemUse withDownloadAnnounced() {
            return new ItemUse(count, first, last, recent, true, exhaustionAnnounced);
        }

        /** A copy in which {@code link.exhausted} was published. */
        public ItemUse withExhaustionAnnounced() {
            return new ItemUse(count, first, last, recent, downloadAnnounced, true);
        }
    }

    /**
     * A mail with a new link: a renewal, or a confirmation of the recipient's address.
     *
     * @param at when somebody asked for it
     * @param expiresAt when its link expires
     * @param announced whether its mail and, for a renewal, {@code link.renewed} were published
     * @param confirming whether its link confirms the address: the page was open, and only the recipient's mailbox gets
     *     the link
     * @param byOperator whether an operator sent it, not the recipient
     */
    public record Renewal(Instant at, Instant expiresAt, boolean announced, boolean confirming, boolean byOperator) {

        /** A renewal that is not published yet. */
        public static Renewal of(Instant at, Instant expiresAt) {
            return new Renewal(at, expiresAt, false, false, false);
        }

        /** A confirmation that is not published yet. */
        public static Renewal confirming(Instant at, Instant expiresAt) {
            return new Renewal(at, expiresAt, false, true, false);
        }

        /** A new link that an operator sends, which is not published yet. */
        public static Renewal byOperator(Instant at, Instant expiresAt) {
            return new Renewal(at, expiresAt, false, false, true);
        }

        /** Whether the recipient asked for it on the expired page. */
        public boolean byRecipient() {
            return !confirming && !byOperator;
        }

        Renewal asAnnounced() {
            return new Renewal(at, expiresAt, true, confirming, byOperator);
        }
    }
}
