package dev.attache.link;

import dev.attache.contract.value.ObjectRef;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Presigns links. Every method throws {@link LinkNotSignableException}, which is transient, if the credentials expire
 * before {@code minimum} is over.
 */
public interface LinkSigner {

    /**
     * The query parameter of downloads that names the delivery. S3 ignores parameters that begin with {@code x-}, and
     * writes them to its access log ("Amazon S3 server access log format", custom access log information).
     */
    String DELIVERY_PARAMETER = "x-attache-delivery";

    /**
     * A download whose requests cannot be told from those of other links in S3's access log. The parameters are those
     * of {@link #get(ObjectRef, String, String, String, Duration, Duration)}.
     */
    default SignedLink get(
            ObjectRef object, String fileName, @Nullable String contentType, Duration lifetime, Duration minimum) {
        return get(object, fileName, contentType, null, lifetime, minimum);
    }

    /**
     * A download.
     *
     * @param fileName the name under which a browser saves the file; any Unicode text, this method makes it safe
     * @param contentType the content type of the response; that of the object if null
     * @param deliveryId the delivery to whose recipient the link is sent, as the signed parameter
     *     {@value #DELIVERY_PARAMETER}; null for none
     * @param lifetime counted from now, 1 second to 7 days
     * @param minimum the shortest lifetime of a useful link
     * @throws dev.attache.contract.value.RejectedException {@code CONTRACT_VIOLATION} if the link would be longer than
     *     {@link dev.attache.contract.value.SignedUrl#MAX_LENGTH}
     */
    SignedLink get(
            ObjectRef object,
            String fileName,
            @Nullable String contentType,
            @Nullable String deliveryId,
            Duration lifetime,
            Duration minimum);

    /** An upload of one file of exactly this size and type. The link cannot overwrite the object, so it works once. */
    SignedLink put(UploadTarget target, Duration lifetime, Duration minimum);

    /**
     * An upload by an HTML form, of this type and of 1 to {@code maxBytes} bytes. {@code target.contentLength} is
     * ignored.
     */
    SignedLink post(UploadTarget target, long maxBytes, Duration lifetime, Duration minimum);

    /**
     * One part of a multipart upload, of exactly this size and content. The link can be used until its end, and each
     * use replaces the part; the multipart upload is bound to one use when it is completed.
     *
     * @param partNumber 1 to 10,000
     * @param contentLength in bytes, 1 to 5 GB; S3 refuses to complete an upload with a part of less than 5 MB before
     *     the last one
     * @param sha256Base64 the SHA-256 of the part in base64
     */
    SignedLink part(
            ObjectRef object,
            String uploadId,
            int partNumber,
            long contentLength,
            String sha256Base64,
            Duration lifetime,
            Duration minimum);
}
