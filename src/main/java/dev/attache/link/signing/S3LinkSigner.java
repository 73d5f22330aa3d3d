package dev.attache.link.signing;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.SignedUrl;
import dev.attache.link.LinkSigner;
import dev.attache.link.SignedLink;
import dev.attache.link.UploadTarget;
import dev.attache.link.credentials.ExpiringCredentials;
import dev.attache.link.credentials.PresignTerms;
import dev.attache.link.credentials.SigningCredentials;
import dev.attache.storage.FileNames;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/** Presigns links to S3, and limits each to the lifetime of the credentials that sign it. */
public final class S3LinkSigner implements LinkSigner {

    private final ExpiringCredentials credentials;

    private final BucketAddresses addresses;

    private final PresignedUrls urls;

    private final PostForm form;

    /**
     * @param endpoint the endpoint of S3 that the recipients of links can reach; AWS's own for this region if null
     * @param pathStyle whether the bucket is the first segment of the path, and not part of the host name
     * @param clock sets the time of signatures, and is compared with the expiry of the credentials
     */
    public S3LinkSigner(
            SigningCredentials credentials, Region region, @Nullable URI endpoint, boolean pathStyle, Clock clock) {
        this(credentials, new BucketAddresses(region, endpoint, pathStyle, EndpointVariant.STANDARD), clock);
    }

    S3LinkSigner(SigningCredentials credentials, BucketAddresses addresses, Clock clock) {
        SignatureV4 signature = new SignatureV4(addresses.region().id());
        this.credentials = new ExpiringCredentials(credentials, clock);
        this.addresses = addresses;
        this.urls = new PresignedUrls(addresses, signature);
        this.form = new PostForm(signature);
    }

    @Override
    public SignedLink get(
            ObjectRef object,
            String fileName,
            @Nullable String contentType,
            @Nullable String deliveryId,
            Duration lifetime,
            Duration minimum) {
        PresignTerms terms = credentials.forLink(lifetime, minimum);
        String disposition = FileNames.attachmentDisposition(fileName);
        SignedUrl url = urls.get(object, disposition, printable(contentType), deliveryId, terms);
        return new SignedLink("GET", url, Map.of(), Map.of(), terms.expiresAt());
    }

    @Override
    public SignedLink put(UploadTarget target, Duration lifetime, Duration minimum) {
        PresignTerms terms = credentials.forLink(lifetime, minimum);
        UploadHeaders headers = UploadHeaders.of(target);
        SignedUrl url = urls.put(target.object(), headers, terms);
        return new SignedLink("PUT", url, headers.asMap(), Map.of(), terms.expiresAt());
    }

    @Override
    public SignedLink post(UploadTarget target, long maxBytes, Duration lifetime, Duration minimum) {
        PresignTerms terms = credentials.forLink(lifetime, minimum);
        SignedUrl url = new SignedUrl(addresses.uri(target.object().bucket()).toString());
        return new SignedLink("POST", url, Map.of(), form.fields(target, maxBytes, terms), terms.expiresAt());
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
        PartHeaders part = new PartHeaders(uploadId, partNumber, contentLength, sha256Base64);
        PresignTerms terms = credentials.forLink(lifetime, minimum);
        return new SignedLink("PUT", urls.part(object, part, terms), part.asMap(), Map.of(), terms.expiresAt());
    }

    /** The type if it is a valid header value: S3 refuses to respond with another ({@code InvalidArgument}). */
    private static @Nullable String printable(@Nullable String contentType) {
        return contentType == null
                        || contentType.isBlank()
                        || !contentType.chars().allMatch(c -> c >= 0x20 && c < 0x7F)
                ? null
                : contentType;
    }
}
