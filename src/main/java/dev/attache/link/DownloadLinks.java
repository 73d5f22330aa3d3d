package dev.attache.link;

import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.ObjectRef;
import dev.attache.source.SourcePolicy;
import dev.attache.storage.FileNames;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.StoredObject;
import dev.attache.storage.UploadKeys;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes download links: the policy allows it, the object exists and can be read, and the link says how large it is. */
public final class DownloadLinks {

    private final ObjectCatalog catalog;

    private final LinkSigner signer;

    private final Clock clock;

    public DownloadLinks(ObjectCatalog catalog, LinkSigner signer, Clock clock) {
        this.catalog = catalog;
        this.signer = signer;
        this.clock = clock;
    }

    /**
     * @throws dev.attache.contract.value.RejectedException when the source may not link to it, it does not exist, or no
     *     link of this lifetime could open it
     */
    public void require(SourcePolicy policy, @Nullable String subject, AttachmentRef attachment, Duration lifetime) {
        catalog.find(policy.download(attachment, subject))
                .linkLifetime(lifetime, policy.minimumLifetime(), clock.instant());
    }

    /**
     * A link to what an event asks for.
     *
     * @param title what a mail calls it; the file name when absent
     */
    public Link link(
            SourcePolicy policy,
            @Nullable String subject,
            AttachmentRef attachment,
            @Nullable String title,
            Duration lifetime) {
        ObjectRef object = policy.download(attachment, subject);
        StoredObject stored = catalog.find(object);
        String fileName = attachment.fileName() == null ? fileName(stored) : attachment.fileName();
        return link(policy, object, stored, fileName, title, lifetime);
    }

    /**
     * A link to an object that has just arrived. It lives no longer than the object.
     *
     * @throws dev.attache.contract.value.RejectedException {@code OBJECT_ARCHIVED} or {@code OBJECT_EXPIRES_TOO_SOON}
     */
    public Link link(
            SourcePolicy policy,
            ObjectRef object,
            StoredObject stored,
            String fileName,
            @Nullable String title,
            Duration lifetime) {
        Duration minimum = policy.minimumLifetime();
        SignedLink signed =
                signer.get(object, fileName, null, stored.linkLifetime(lifetime, minimum, clock.instant()), minimum);
        return signed.toLink(
                Link.Rel.DOWNLOAD,
                title == null ? fileName : title,
                object,
                fileName,
                stored.contentLength(),
                stored.contentType());
    }

    /** An upload's key has no name in it, but its metadata do. */
    private static String fileName(StoredObject stored) {
        String key = stored.object().key();
        return stored.fileName() == null || UploadKeys.number(key).isEmpty() ? FileNames.ofKey(key) : stored.fileName();
    }
}
