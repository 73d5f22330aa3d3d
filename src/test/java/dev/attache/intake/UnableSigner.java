package dev.attache.intake;

import dev.attache.contract.value.ObjectRef;
import dev.attache.link.LinkNotSignableException;
import dev.attache.link.LinkSigner;
import dev.attache.link.SignedLink;
import dev.attache.link.UploadTarget;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Has no credentials. */
final class UnableSigner implements LinkSigner {

    @Override
    public SignedLink get(
            ObjectRef object,
            String fileName,
            @Nullable String contentType,
            @Nullable String deliveryId,
            Duration lifetime,
            Duration minimum) {
        throw unable();
    }

    @Override
    public SignedLink put(UploadTarget target, Duration lifetime, Duration minimum) {
        throw unable();
    }

    @Override
    public SignedLink post(UploadTarget target, long maxBytes, Duration lifetime, Duration minimum) {
        throw unable();
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
        throw unable();
    }

    private static LinkNotSignableException unable() {
        return new LinkNotSignableException("There are no credentials to sign with");
    }
}
