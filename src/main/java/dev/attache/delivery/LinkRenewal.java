package dev.attache.delivery;

import dev.attache.contract.LinkIssued;
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
 * Renews the download links of delayed mails. A link with less than half of its lifetime left is signed again for the
 * same lifetime, unless the first link lives longer than the new one. The source's current policy limits the lifetime,
 * and must allow the object: otherwise, anyone who can write to the queue could have any object signed. No link lives
 * longer than its object. An expired link is not renewed, because the request limited its lifetime.
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
     * Returns the delivery with only those links that a mail shows, renewed if necessary. A link to a page is not
     * renewed: the page signs its links when they are needed.
     *
     * @throws RejectedException {@code LINK_EXPIRED}. If a link has to be signed again: {@code KEY_NOT_ALLOWED} if its
     *     source may not link to the object, and the exceptions of {@link ObjectCatalog#find} and
     *     {@link StoredObject#linkLifetime}
     * @throws LinkNotSignableException if both the link and the credentials expire too soon
     */
    Delivery renew(Delivery delivery) {
        return delivery.withLinks(shown(delivery.issued()).stream()
                .map(link -> renew(link, delivery))
                .toList());
    }

    /**
     * The links that a mail shows: only the link to the download page, if there is one. PUT and POST links are for
     * programs; people get the upload page.
     */
    static List<Link> shown(LinkIssued issued) {
        List<Link> pages = issued.links().stream()
                .filter(link -> link.rel() == Link.Rel.DOWNLOAD_PAGE)
                .toList();
        return pages.isEmpty()
                ? issued.links().stream()
                        .filter(link -> link.rel() != Link.Rel.UPLOAD)
                        .toList()
                : pages;
    }

    private Link renew(Link link, Delivery delivery) {
        Instant now = clock.instant();
        if (!now.isBefore(link.expiresAt())) {
            throw new RejectedException(
                    RejectionCode.LINK_EXPIRED,
                    "The link expired at %s, before its mail could be sent".formatted(link.expiresAt()));
        }
        Duration lifetime = Duration.between(delivery.issued().issuedAt(), link.expiresAt());
        Duration left = Duration.between(now, link.expiresAt());
        ObjectRef object = link.object();
        if (link.rel() != Link.Rel.DOWNLOAD
                || object == null
                || left.multipliedBy(2).compareTo(lifetime) >= 0) {
            return link;
        }
        return longerLived(link, allowed(object, delivery), lifetime, delivery);
    }

    /** A mail about an arrived upload contains a link to an uploaded object, which is not in a download folder. */
    private static ObjectRef allowed(ObjectRef object, Delivery delivery) {
        SourcePolicy policy = delivery.source();
        if (delivery.issued().purpose() != Purpose.ARRIVAL) {
            return policy.download(
                    new AttachmentRef(object.bucket(), object.key(), object.versionId(), null), delivery.subject());
        }
        if (!object.bucket().equals(policy.uploadBucket()) || !UploadKeys.isOf(policy.source(), object.key())) {
            throw new RejectedException(
                    RejectionCode.KEY_NOT_ALLOWED,
                    "Source %s may not link to this object: its uploads are in bucket %s under %s%s/"
                            .formatted(policy.source(), policy.uploadBucket(), UploadKeys.PREFIX, policy.source()));
        }
        return object;
    }

    /**
     * Signs again, and returns the link that lives longer. Current credentials may expire earlier than previous ones.
     */
    private Link longerLived(Link first, ObjectRef object, Duration lifetime, Delivery delivery) {
        SourcePolicy policy = delivery.source();
        Duration allowed = shorter(lifetime, policy.maximumLifetime());
        Duration minimum = shorter(allowed, policy.minimumLifetime());
        Duration whole = catalog.find(object).linkLifetime(allowed, minimum, clock.instant());
        // A lifecycle rule may have been added since, which deletes the object before the first link expires.
        boolean outlivesObject = whole.compareTo(allowed) < 0
                && first.expiresAt().isAfter(clock.instant().plus(whole));
        try {
            Link second = signedAgain(first, object, delivery.id(), whole, minimum);
            return outlivesObject || second.expiresAt().isAfter(first.expiresAt()) ? second : first;
        } catch (LinkNotSignableException e) {
            if (outlivesObject || first.expiresAt().isBefore(clock.instant().plus(minimum))) {
                throw e;
            }
            return first;
        }
    }

    private Link signedAgain(Link link, ObjectRef object, String deliveryId, Duration lifetime, Duration minimum) {
        SignedLink signed =
                signer.get(object, fileName(link, object), link.contentType(), deliveryId, lifetime, minimum);
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
