package dev.attache.download;

import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.source.SourcePolicy;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.StoredObject;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/** Looks at the objects of items: whether they can be downloaded, and for how long. */
final class ItemObjects {

    /** S3 refuses a worker whose clock differs by more ("RequestTimeTooSkewed"). */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

    private final ObjectCatalog catalog;

    private final Clock clock;

    ItemObjects(ObjectCatalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /** What was found. */
    sealed interface Found {

        /**
         * The object of the page, to which the source may link.
         *
         * @param lifetime the wanted lifetime of a link to it, or less if S3 may delete it earlier
         */
        record Available(Duration lifetime) implements Found {}

        record Unavailable(Refusal reason) implements Found {}
    }

    /**
     * Sends a HEAD request for an item.
     *
     * @param wanted the wanted lifetime of a link
     * @param minimum the shortest lifetime of a useful link
     * @throws dev.attache.storage.ObjectsRefusedException and the other retryable exceptions of
     *     {@link ObjectCatalog#findFresh}
     */
    Found find(
            IssuedPage page,
            SourcePolicy policy,
            int index,
            Function<StoredObject, Duration> wanted,
            Duration minimum) {
        DownloadPage.Item item = page.page().items().get(index);
        try {
            StoredObject stored = catalog.findFresh(allowed(page, policy, item.object()));
            stored.requireReadable();
            return isReplaced(page, item, stored)
                    ? new Found.Unavailable(Refusal.OBJECT_REPLACED)
                    : new Found.Available(stored.linkLifetime(wanted.apply(stored), minimum, clock.instant()));
        } catch (RejectedException e) {
            return new Found.Unavailable(refusal(e));
        }
    }

    /** Otherwise, anyone who can write to the queue of mails could have any object signed. */
    private static ObjectRef allowed(IssuedPage page, SourcePolicy policy, ObjectRef object) {
        return page.purpose() == LinkIssued.Purpose.ARRIVAL
                ? ObjectRights.requireUploaded(policy, object)
                : policy.download(
                        new AttachmentRef(object.bucket(), object.key(), object.versionId(), null), page.subject());
    }

    /** A version never changes. Without one, the size and the ETag show a replacement. */
    private static boolean isReplaced(IssuedPage page, DownloadPage.Item item, StoredObject stored) {
        Long expected = item.contentLength();
        return (expected != null && expected != stored.contentLength())
                || (item.object().versionId() == null && isOverwritten(page, item, stored));
    }

    /**
     * An ETag that differs is no replacement if the object was written before the page was issued: the worker may have
     * issued it with a cached ETag. {@code Last-Modified} has whole seconds. The time alone, for pages without an ETag,
     * is compared with a margin for the worker's clock.
     */
    private static boolean isOverwritten(IssuedPage page, DownloadPage.Item item, StoredObject stored) {
        if (item.eTag() == null || stored.eTag().isEmpty()) {
            return stored.lastModified().isAfter(page.issuedAt().plus(CLOCK_SKEW));
        }
        boolean isOlder = stored.lastModified().isBefore(page.issuedAt().truncatedTo(ChronoUnit.SECONDS));
        return !isOlder && !item.eTag().equals(stored.eTag());
    }

    private static Refusal refusal(RejectedException reason) {
        return switch (reason.code()) {
            case OBJECT_NOT_FOUND, OBJECT_EXPIRES_TOO_SOON -> Refusal.OBJECT_GONE;
            case OBJECT_ARCHIVED -> Refusal.OBJECT_ARCHIVED;
            case OBJECT_ACCESS_DENIED, OBJECT_CUSTOMER_ENCRYPTED, KEY_NOT_ALLOWED -> Refusal.OBJECT_DENIED;
            default -> throw reason;
        };
    }
}
