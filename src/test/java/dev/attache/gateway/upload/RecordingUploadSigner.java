package dev.attache.gateway.upload;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.SignedUrl;
import dev.attache.link.LinkNotSignableException;
import dev.attache.link.LinkSigner;
import dev.attache.link.SignedLink;
import dev.attache.link.UploadTarget;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Signs PUT links without credentials, and keeps the last target. */
final class RecordingUploadSigner implements LinkSigner {

    @Nullable
    UploadTarget signed;

    boolean credentialsExpireTooSoon;

    /** The address of a target, in place of {@link #url}. */
    @Nullable
    Function<UploadTarget, String> address;

    String url = "https://attachments.s3.eu-central-1.amazonaws.com/x?X-Amz-Signature=secret";

    @Override
    public SignedLink put(UploadTarget target, Duration lifetime, Duration minimum) {
        if (credentialsExpireTooSoon) {
            throw new LinkNotSignableException("The credentials expire too soon");
        }
        signed = target;
        return new SignedLink(
                "PUT",
                new SignedUrl(address == null ? url : address.apply(target)),
                Map.of(
                        "content-type",
                        target.contentType(),
                        "content-length",
                        String.valueOf(target.contentLength()),
                        "if-none-match",
                        "*"),
                Map.of(),
                UploadPageFixture.NOW.plus(lifetime));
    }

    @Override
    public SignedLink get(
            ObjectRef object,
            String fileName,
            @Nullable String contentType,
            @Nullable String deliveryId,
            Duration lifetime,
            Duration minimum) {
        throw new AssertionError("The page signs uploads only");
    }

    @Override
    public SignedLink post(UploadTarget target, long maxBytes, Duration lifetime, Duration minimum) {
        throw new AssertionError("The page sends by PUT");
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
        throw new AssertionError("The page signs no part");
    }
}
