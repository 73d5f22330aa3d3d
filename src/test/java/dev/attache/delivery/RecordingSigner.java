package dev.attache.delivery;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.SignedUrl;
import dev.attache.link.LinkNotSignableException;
import dev.attache.link.LinkSigner;
import dev.attache.link.SignedLink;
import dev.attache.link.UploadTarget;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signs downloads with credentials of any lifetime, and records the requests. */
final class RecordingSigner implements LinkSigner {

    static final String URL = "https://attachments.s3.amazonaws.com/signed-again?X-Amz-Signature=fresh";

    final List<Request> requests = new ArrayList<>();
    private final Clock clock;
    private Duration credentialsLeft = Duration.ofDays(365);

    RecordingSigner(Clock clock) {
        this.clock = clock;
    }

    /** Sets the remaining lifetime of the credentials. */
    RecordingSigner withCredentialsFor(Duration left) {
        credentialsLeft = left;
        return this;
    }

    record Request(
            ObjectRef object,
            String fileName,
            @Nullable String contentType,
            @Nullable String deliveryId,
            Duration lifetime,
            Duration minimum) {}

    @Override
    public SignedLink get(
            ObjectRef object,
            String fileName,
            @Nullable String contentType,
            @Nullable String deliveryId,
            Duration lifetime,
            Duration minimum) {
        requests.add(new Request(object, fileName, contentType, deliveryId, lifetime, minimum));
        if (credentialsLeft.compareTo(minimum) < 0) {
            throw new LinkNotSignableException("The credentials expire too soon");
        }
        Duration granted = lifetime.compareTo(credentialsLeft) < 0 ? lifetime : credentialsLeft;
        return new SignedLink(
                "GET", new SignedUrl(URL), Map.of(), Map.of(), clock.instant().plus(granted));
    }

    @Override
    public SignedLink put(UploadTarget target, Duration lifetime, Duration minimum) {
        throw new AssertionError("Mails must not sign PUT links");
    }

    @Override
    public SignedLink post(UploadTarget target, long maxBytes, Duration lifetime, Duration minimum) {
        throw new AssertionError("Mails must not sign POST forms");
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
        throw new AssertionError("Mails must not sign parts");
    }
}
