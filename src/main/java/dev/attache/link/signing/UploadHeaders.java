package dev.attache.link.signing;

import dev.attache.link.UploadTarget;
import dev.attache.storage.FileNameMetadata;
import dev.attache.storage.ObjectEncryption;
import dev.attache.storage.RequestIds;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The headers that a PUT link signs; the request must have the same values. With {@code If-None-Match: *} the link
 * works once ("How to prevent object overwrites with conditional writes").
 *
 * @param checksumSha256 the SHA-256 of the content in base64; null if unknown. S3 derives the algorithm from the
 *     header's name; the header that names an algorithm is not signed, because without a value S3 checks nothing
 * @param requestId encoded as by {@link RequestIds}
 * @param fileName encoded as by {@link FileNameMetadata}; null if unknown
 * @param encryption the encryption to request; the policy of a bucket may refuse uploads that request none
 */
record UploadHeaders(
        String contentType,
        long contentLength,
        @Nullable String checksumSha256,
        String requestId,
        @Nullable String fileName,
        ObjectEncryption encryption) {

    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E]*[\\x21-\\x7E])?");

    UploadHeaders {
        if (!PRINTABLE.matcher(contentType).matches()) {
            throw new IllegalArgumentException("An upload's content type must be printable ASCII");
        }
        if (contentLength < 0) {
            throw new IllegalArgumentException("An upload's content length is " + contentLength);
        }
    }

    static UploadHeaders of(UploadTarget target, ObjectEncryption encryption) {
        return new UploadHeaders(
                target.contentType(),
                target.contentLength(),
                base64(target.sha256()),
                RequestIds.toMetadata(target.requestId()),
                target.fileName() == null ? null : FileNameMetadata.of(target.fileName()),
                encryption);
    }

    Map<String, String> asMap() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", contentType);
        headers.put("content-length", Long.toString(contentLength));
        headers.put("if-none-match", "*");
        if (checksumSha256 != null) {
            headers.put("x-amz-checksum-sha256", checksumSha256);
        }
        headers.putAll(encryption.headers());
        headers.put(RequestIds.HEADER, requestId);
        if (fileName != null) {
            headers.put(FileNameMetadata.HEADER, fileName);
        }
        return Collections.unmodifiableMap(headers);
    }

    static @Nullable String base64(@Nullable String hex) {
        return hex == null
                ? null
                : Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }
}
