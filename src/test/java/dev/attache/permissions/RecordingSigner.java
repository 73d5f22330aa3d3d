package dev.attache.permissions;

import dev.attache.contract.value.ObjectRef;
import dev.attache.link.LinkSigner;
import dev.attache.link.SignedLink;
import dev.attache.link.UploadTarget;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Records for which actions links are signed. */
final class RecordingSigner implements LinkSigner {

    private final LinkSigner signer;

    private final BiConsumer<String, ObjectRef> record;

    /** @param record takes an action and the object */
    RecordingSigner(LinkSigner signer, BiConsumer<String, ObjectRef> record) {
        this.signer = signer;
        this.record = record;
    }

    @Override
    public SignedLink get(
            ObjectRef object,
            String fileName,
            @Nullable String contentType,
            @Nullable String deliveryId,
            Duration lifetime,
            Duration minimum) {
        record.accept(object.versionId() == null ? "s3:GetObject" : "s3:GetObjectVersion", object);
        return signer.get(object, fileName, contentType, deliveryId, lifetime, minimum);
    }

    @Override
    public SignedLink put(UploadTarget target, Duration lifetime, Duration minimum) {
        upload(target);
        return signer.put(target, lifetime, minimum);
    }

    @Override
    public SignedLink post(UploadTarget target, long maxBytes, Duration lifetime, Duration minimum) {
        upload(target);
        return signer.post(target, maxBytes, lifetime, minimum);
    }

    private void upload(UploadTarget target) {
        record.accept("s3:PutObject", target.object());
        if (!target.storage().tags().isEmpty()) {
            record.accept("s3:PutObjectTagging", target.object());
        }
    }

    /** {@code UploadPart} is {@code s3:PutObject} ("Multipart upload API and permissions"). */
    @Override
    public SignedLink part(
            ObjectRef object,
            String uploadId,
            int partNumber,
            long contentLength,
            String sha256Base64,
            Duration lifetime,
            Duration minimum) {
        record.accept("s3:PutObject", object);
        return signer.part(object, uploadId, partNumber, contentLength, sha256Base64, lifetime, minimum);
    }
}
