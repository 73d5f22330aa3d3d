package dev.attache.download;

import dev.attache.contract.value.ObjectRef;
import dev.attache.link.LinkSigner;
import dev.attache.link.SignedLink;
import dev.attache.link.UploadTarget;
import dev.attache.upload.FakeSigner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Remembers the last download link. */
final class RecordingSigner implements LinkSigner {

    private final FakeSigner signer;

    ObjectRef object;

    @Nullable
    String deliveryId;

    Instant expiresAt;

    RecordingSigner(Clock clock) {
        this.signer = new FakeSigner(clock);
    }

    @Override
    public SignedLink get(
            ObjectRef download,
            String fileName,
            @Nullable String contentType,
            @Nullable String delivery,
            Duration lifetime,
            Duration minimum) {
        SignedLink link = signer.get(download, fileName, contentType, delivery, lifetime, minimum);
        object = download;
        deliveryId = delivery;
        expiresAt = link.expiresAt();
        return link;
    }

    @Override
    public SignedLink put(UploadTarget target, Duration lifetime, Duration minimum) {
        throw new AssertionError("Downloads sign no upload");
    }

    @Override
    public SignedLink post(UploadTarget target, long maxBytes, Duration lifetime, Duration minimum) {
        throw new AssertionError("Downloads sign no upload");
    }

    @Override
    public SignedLink part(
            ObjectRef object,
            String uploadId,
            int partNumber,
            long contentLength,
            String sha256Base64,
            Duration lifetime,
            Duration minimum) {
        throw new AssertionError("Downloads sign no upload");
    }
}
