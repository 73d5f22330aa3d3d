package dev.attache.link.signing;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.SignedUrl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * Signs the query of one URL, with the credentials and for the time that it is told. {@link S3LinkSigner} decides about
 * both, and checks what comes out.
 */
interface UrlSigner extends AutoCloseable {

    /** A GET that answers with this content disposition and, where given, content type. */
    SignedUrl get(
            ObjectRef object,
            String disposition,
            @Nullable String contentType,
            AwsCredentials credentials,
            Duration duration);

    /** A PUT that must carry these headers. */
    SignedUrl put(ObjectRef object, UploadHeaders headers, AwsCredentials credentials, Duration duration);

    @Override
    void close();
}
