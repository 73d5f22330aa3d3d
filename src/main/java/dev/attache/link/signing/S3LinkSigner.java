package dev.attache.link.signing;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.SignedUrl;
import dev.attache.link.LinkSigner;
import dev.attache.link.SignedLink;
import dev.attache.link.UploadTarget;
import dev.attache.link.credentials.ExpiringCredentials;
import dev.attache.link.credentials.SigningCredentials;
import dev.attache.storage.FileNames;
import dev.attache.storage.ObjectEncryption;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/**
 * Signs links to S3. It decides how long a link can live, has {@link UrlSigner} sign it, and reads in the URL what S3
 * will go by: the headers that are signed and the time at which it ends.
 */
public final class S3LinkSigner implements LinkSigner, AutoCloseable {

    private final UrlSigner urls;

    private final ExpiringCredentials credentials;

    private final PostForm form;

    private final BucketAddresses addresses;

    private final ObjectEncryption encryption;

    /**
     * @param endpoint where the holders of links reach S3; AWS's own for this region when absent
     * @param encryption what uploads ask S3 for
     * @param clock to sign by, and to compare with the end of the credentials
     */
    public S3LinkSigner(
            SigningCredentials credentials,
            Region region,
            @Nullable URI endpoint,
            boolean pathStyle,
            ObjectEncryption encryption,
            Clock clock) {
        this.encryption = encryption;
        this.addresses = new BucketAddresses(region, endpoint, pathStyle);
        this.urls = new V4UrlSigner(addresses, region.id(), clock);
        this.credentials = new ExpiringCredentials(credentials, clock);
        this.form = new PostForm(region.id(), encryption);
    }

    @Override
    public SignedLink get(
            ObjectRef object, String fileName, @Nullable String contentType, Duration lifetime, Duration minimum) {
        ExpiringCredentials.Signing signing = credentials.forLink(lifetime, minimum);
        SignedUrl url = urls.get(
                object,
                FileNames.attachmentDisposition(fileName),
                printable(contentType),
                signing.credentials(),
                signing.duration());
        return link("GET", url, Map.of(), signing);
    }

    @Override
    public SignedLink put(UploadTarget target, Duration lifetime, Duration minimum) {
        ExpiringCredentials.Signing signing = credentials.forLink(lifetime, minimum);
        UploadHeaders headers = UploadHeaders.of(target, encryption);
        SignedUrl url = urls.put(target.object(), headers, signing.credentials(), signing.duration());
        return link("PUT", url, headers.asMap(), signing);
    }

    @Override
    public SignedLink post(UploadTarget target, long maxBytes, Duration lifetime, Duration minimum) {
        ExpiringCredentials.Signing signing = credentials.forLink(lifetime, minimum);
        Instant now = signing.now().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = signing.honest(now.plus(signing.duration()));
        Map<String, String> fields = form.fields(target, maxBytes, signing.credentials(), now, expiresAt);
        return new SignedLink(
                "POST", new SignedUrl(addresses.uri(target.object().bucket()).toString()), Map.of(), fields, expiresAt);
    }

    private static SignedLink link(
            String method, SignedUrl url, Map<String, String> headers, ExpiringCredentials.Signing signing) {
        SignedQuery query = SignedQuery.of(url);
        query.requireSigned(headers.keySet());
        return new SignedLink(method, url, headers, Map.of(), signing.honest(query.expiresAt()));
    }

    /**
     * S3 answers InvalidArgument when it is asked to respond with a type that is no header value; the object's own will
     * do.
     */
    private static @Nullable String printable(@Nullable String contentType) {
        return contentType == null
                        || contentType.isBlank()
                        || !contentType.chars().allMatch(c -> c >= 0x20 && c < 0x7F)
                ? null
                : contentType;
    }

    @Override
    public void close() {
        urls.close();
    }
}
