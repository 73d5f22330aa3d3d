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

/** Makes download links to objects that the policy of the source allows and that S3 can read. */
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
     * Checks that a link could be made, without signing one.
     *
     * @throws dev.attache.contract.value.RejectedException if the source may not link to the object, if the object does
     *     not exist, or if S3 cannot read it for the shortest lifetime that the policy allows
     */
    public void require(SourcePolicy policy, @Nullable String subject, AttachmentRef attachment, Duration lifetime) {
        catalog.find(policy.download(attachment, subject))
                .linkLifetime(lifetime, policy.minimumLifetime(), clock.instant());
    }

    /**
     * A link to the attachment that an event names.
     *
     * @param title the text of the link in a mail; the file name if null
     * @throws dev.attache.contract.value.RejectedException as {@link #require}
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
     * A link to an uploaded object. It expires no later than S3 may delete the object.
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

    /** The key of an upload contains a number instead of a file name; its metadata contain the name. */
    private static String fileName(StoredObject stored) {
        String key = stored.object().key();
        return stored.fileName() == null || UploadKeys.number(key).isEmpty() ? FileNames.ofKey(key) : stored.fileName();
    }
}
