package dev.attache.upload;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.SignedUrl;
import dev.attache.link.LinkSigner;
import dev.attache.link.SignedLink;
import dev.attache.link.UploadTarget;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Returns URLs that name the object, without a signature. */
public final class FakeSigner implements LinkSigner {

    private final Clock clock;

    public FakeSigner(Clock clock) {
        this.clock = clock;
    }

    @Override
    public SignedLink get(
            ObjectRef object,
            String fileName,
            @Nullable String contentType,
            @Nullable String deliveryId,
            Duration lifetime,
            Duration minimum) {
        SignedUrl url = deliveryId == null
                ? url(object)
                : new SignedUrl(url(object).reveal() + "&x-attache-delivery=" + deliveryId);
        return new SignedLink("GET", url, Map.of(), Map.of(), clock.instant().plus(lifetime));
    }

    @Override
    public SignedLink put(UploadTarget target, Duration lifetime, Duration minimum) {
        return new SignedLink(
                "PUT",
                url(target.object()),
                with(
                        target.storage().headers(),
                        Map.of(
                                "content-type",
                                target.contentType(),
                                "content-length",
                                Long.toString(target.contentLength()))),
                Map.of(),
                clock.instant().plus(lifetime));
    }

    @Override
    public SignedLink post(UploadTarget target, long maxBytes, Duration lifetime, Duration minimum) {
        return new SignedLink(
                "POST",
                url(target.object()),
                Map.of(),
                with(target.storage().fields(), Map.of("key", target.object().key())),
                clock.instant().plus(lifetime));
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
        return new SignedLink(
                "PUT",
                new SignedUrl(url(object).reveal() + "&partNumber=" + partNumber + "&uploadId=" + uploadId),
                Map.of("content-length", Long.toString(contentLength), "x-amz-checksum-sha256", sha256Base64),
                Map.of(),
                clock.instant().plus(lifetime));
    }

    private static Map<String, String> with(Map<String, String> storage, Map<String, String> others) {
        Map<String, String> all = new HashMap<>(storage);
        all.putAll(others);
        return all;
    }

    private static SignedUrl url(ObjectRef object) {
        return new SignedUrl("https://s3.example/" + object.bucket() + "/" + object.key() + "?signed=fake");
    }
}
