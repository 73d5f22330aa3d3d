package dev.attache.download;

import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.SignedUrl;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.link.LinkSigner;
import dev.attache.source.SourcePolicy;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.StoredObject;
import java.time.Clock;
import java.time.Duration;

/** Looks at the object of an item, and signs a link to it that is valid for minutes. */
final class ItemLinks {

    /** The shortest lifetime of a useful link: a browser follows it at once. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    /** Of a slow connection. The link is valid for as long as it needs, so that the download can be resumed. */
    private static final long BYTES_PER_SECOND = 100_000;

    /** S3 refuses a worker whose clock differs by more ("RequestTimeTooSkewed"). */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

    private final ObjectCatalog catalog;

    private final LinkSigner signer;

    private final Duration lifetime;

    private final Clock clock;

    /** @param lifetime of the links to small files */
    ItemLinks(ObjectCatalog catalog, LinkSigner signer, Duration lifetime, Clock clock) {
        this.catalog = catalog;
        this.signer = signer;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** A link, or why there is none. */
    sealed interface Offer {

        record Signed(SignedUrl url) implements Offer {}

        record Unavailable(Refusal reason) implements Offer {}
    }

    /**
     * Signs a link to an item.
     *
     * @throws dev.attache.storage.ObjectsRefusedException and the other retryable exceptions of
     *     {@link ObjectCatalog#findFresh}
     * @throws dev.attache.link.LinkNotSignableException if the credentials expire too soon
     */
    Offer sign(IssuedPage page, SourcePolicy policy, int index) {
        DownloadPage.Item item = page.page().items().get(index);
        try {
            StoredObject stored = catalog.findFresh(allowed(page, policy, item.object()));
            stored.requireReadable();
            if (isReplaced(page, item, stored)) {
                return new Offer.Unavailable(Refusal.OBJECT_REPLACED);
            }
            Duration left = stored.linkLifetime(lifetime(stored, policy), SHORTEST, clock.instant());
            return new Offer.Signed(signer.get(item.object(), item.fileName(), null, page.deliveryId(), left, SHORTEST)
                    .url());
        } catch (RejectedException e) {
            return new Offer.Unavailable(refusal(e));
        }
    }

    /** Otherwise, anyone who can write to the queue of mails could have any object signed. */
    private static ObjectRef allowed(IssuedPage page, SourcePolicy policy, ObjectRef object) {
        return page.purpose() == LinkIssued.Purpose.ARRIVAL
                ? ObjectRights.requireUploaded(policy, object)
                : policy.download(
                        new AttachmentRef(object.bucket(), object.key(), object.versionId(), null), page.subject());
    }

    /** A version never changes. Without one, the size and the time of the last write show a replacement. */
    private static boolean isReplaced(IssuedPage page, DownloadPage.Item item, StoredObject stored) {
        Long expected = item.contentLength();
        return (expected != null && expected != stored.contentLength())
                || (item.object().versionId() == null
                        && stored.lastModified().isAfter(page.issuedAt().plus(CLOCK_SKEW)));
    }

    private Duration lifetime(StoredObject stored, SourcePolicy policy) {
        Duration needed = Duration.ofSeconds(stored.contentLength() / BYTES_PER_SECOND);
        Duration wanted = needed.compareTo(lifetime) > 0 ? needed : lifetime;
        Duration longest = policy.maximumLifetime();
        return wanted.compareTo(longest) > 0 ? longest : wanted;
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
