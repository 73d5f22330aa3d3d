package dev.attache.delivery;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.delivery.mail.Delivery;
import dev.attache.link.LinkNotSignableException;
import dev.attache.link.LinkSigner;
import dev.attache.link.SignedLink;
import dev.attache.source.SourcePolicy;
import dev.attache.storage.FileNames;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.StoredObject;
import dev.attache.storage.UploadKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Sees to it that a mail which was delayed holds links with time left. A download of which less than half of its
 * lifetime is left is signed again for the whole of it, as far as the source's policy of today allows it and unless the
 * first link outlives the new one. The policy is asked for the object as well: whoever can write to the queue could
 * otherwise name any object and have it signed. So is S3: no link outlives its object. One whose time is over is not
 * revived: whoever asked for a link of one hour did not mean tomorrow.
 */
final class LinkRenewal {

    private final LinkSigner signer;
    private final ObjectCatalog catalog;
    private final Clock clock;

    LinkRenewal(LinkSigner signer, ObjectCatalog catalog, Clock clock) {
        this.signer = signer;
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * The delivery with the links that a mail shows, none of them about to die.
     *
     * @throws RejectedException {@code LINK_EXPIRED}; or, where a link would have to be signed again,
     *     {@code KEY_NOT_ALLOWED} when its source may not link to the object, and what {@link ObjectCatalog#find} and
     *     {@link StoredObject#linkLifetime} throw when no link could open it
     * @throws LinkNotSignableException when neither the link nor the credentials at hand have enough life left
     */
    Delivery in(Delivery delivery) {
        List<Link> links = delivery.issued().links().stream()
                // A PUT or POST link stands in the event for programs; people get the page.
                .filter(link -> link.rel() != Link.Rel.UPLOAD)
                .map(link -> fresh(link, delivery))
                .toList();
        if (links.isEmpty()) {
            throw new RejectedException(
                    RejectionCode.CONTRACT_VIOLATION, "link.issued holds no link that a mail can show");
        }
        return delivery.withLinks(links);
    }

    private Link fresh(Link link, Delivery delivery) {
        Instant now = clock.instant();
        if (!now.isBefore(link.expiresAt())) {
            throw new RejectedException(
                    RejectionCode.LINK_EXPIRED,
                    "The link's time was over at %s, before its mail could be sent".formatted(link.expiresAt()));
        }
        Duration lifetime = Duration.between(delivery.issued().issuedAt(), link.expiresAt());
        Duration left = Duration.between(now, link.expiresAt());
        ObjectRef object = link.object();
        if (link.rel() != Link.Rel.DOWNLOAD
                || object == null
                || left.multipliedBy(2).compareTo(lifetime) >= 0) {
            return link;
        }
        return laterOf(link, allowed(object, delivery), lifetime, delivery.source());
    }

    /** Who waits for an upload gets a link to what has been uploaded for its source, which is no download folder. */
    private static ObjectRef allowed(ObjectRef object, Delivery delivery) {
        SourcePolicy policy = delivery.source();
        if (delivery.issued().purpose() != Purpose.ARRIVAL) {
            return policy.download(
                    new AttachmentRef(object.bucket(), object.key(), object.versionId(), null), delivery.subject());
        }
        if (!object.bucket().equals(policy.uploadBucket()) || !UploadKeys.isOf(policy.source(), object.key())) {
            throw new RejectedException(
                    RejectionCode.KEY_NOT_ALLOWED,
                    "Source %s may not link to this object: its uploads lie in bucket %s under %s%s/"
                            .formatted(policy.source(), policy.uploadBucket(), UploadKeys.PREFIX, policy.source()));
        }
        return object;
    }

    /** The credentials of now may die before those that signed the first link. */
    private Link laterOf(Link first, ObjectRef object, Duration lifetime, SourcePolicy policy) {
        Duration allowed = shorter(lifetime, policy.maximumLifetime());
        Duration minimum = shorter(allowed, policy.minimumLifetime());
        Duration whole = catalog.find(object).linkLifetime(allowed, minimum, clock.instant());
        // S3 may have been told since to delete the object earlier.
        boolean dies = whole.compareTo(allowed) < 0
                && first.expiresAt().isAfter(clock.instant().plus(whole));
        try {
            Link second = signedAgain(first, object, whole, minimum);
            return dies || second.expiresAt().isAfter(first.expiresAt()) ? second : first;
        } catch (LinkNotSignableException e) {
            if (dies || first.expiresAt().isBefore(clock.instant().plus(minimum))) {
                throw e;
            }
            return first;
        }
    }

    private Link signedAgain(Link link, ObjectRef object, Duration lifetime, Duration minimum) {
        SignedLink signed = signer.get(object, fileName(link, object), link.contentType(), lifetime, minimum);
        return signed.toLink(
                link.rel(), link.title(), object, link.fileName(), link.contentLength(), link.contentType());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static String fileName(Link link, ObjectRef object) {
        String name = link.fileName();
        return name != null ? name : FileNames.ofKey(object.key());
    }
}
