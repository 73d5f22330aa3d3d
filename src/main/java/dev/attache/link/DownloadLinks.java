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
     * The file that an event names.
     *
     * @param title the text that names it in a mail; the file name if null
     * @throws dev.attache.contract.value.RejectedException if the source may not link to the object, or if it does not
     *     exist
     */
    public DownloadFile find(
            SourcePolicy policy, @Nullable String subject, AttachmentRef attachment, @Nullable String title) {
        ObjectRef object = policy.download(attachment, subject);
        StoredObject stored = catalog.find(object);
        String fileName = attachment.fileName() == null ? fileName(stored) : attachment.fileName();
        return new DownloadFile(object, stored, fileName, title);
    }

    /**
     * The lifetime of a link to a file: no longer than S3 keeps the object.
     *
     * @param lifetime the lifetime of other links
     * @throws dev.attache.contract.value.RejectedException {@code OBJECT_ARCHIVED} or {@code OBJECT_EXPIRES_TOO_SOON}
     */
    public Duration lifetime(SourcePolicy policy, DownloadFile file, Duration lifetime) {
        return file.stored().linkLifetime(lifetime, policy.minimumLifetime(), clock.instant());
    }

    /**
     * A signed link to a file.
     *
     * @param deliveryId the delivery that contains the link; null for none
     * @throws dev.attache.contract.value.RejectedException as {@link #lifetime}
     * @throws LinkNotSignableException if the credentials expire too soon
     */
    public Link link(SourcePolicy policy, DownloadFile file, @Nullable String deliveryId, Duration lifetime) {
        SignedLink signed = signer.get(
                file.object(),
                file.fileName(),
                null,
                deliveryId,
                lifetime(policy, file, lifetime),
                policy.minimumLifetime());
        return signed.toLink(
                Link.Rel.DOWNLOAD,
                file.text(),
                file.object(),
                file.fileName(),
                file.stored().contentLength(),
                file.stored().contentType());
    }

    /** The key of an upload contains a number instead of a file name; its metadata contain the name. */
    private static String fileName(StoredObject stored) {
        String key = stored.object().key();
        return stored.fileName() == null || UploadKeys.number(key).isEmpty() ? FileNames.ofKey(key) : stored.fileName();
    }
}
