package dev.attache.link.signing;

import dev.attache.link.ObjectAttributes;
import dev.attache.link.UploadTarget;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers that a PUT link signs; the request must have the same values. With {@code If-None-Match: *} the link
 * works once ("How to prevent object overwrites with conditional writes").
 *
 * @param checksumSha256 the SHA-256 of the content in base64; null if unknown. S3 derives the algorithm from the
 *     header's name; the header that names an algorithm is not signed, because without a value S3 checks nothing
 * @param attributes what S3 stores with the content; the policy of a bucket may refuse uploads that request no
 *     encryption
 */
record UploadHeaders(long contentLength, @Nullable String checksumSha256, ObjectAttributes attributes) {

    UploadHeaders {
        if (contentLength < 0) {
            throw new IllegalArgumentException("An upload's content length is " + contentLength);
        }
    }

    static UploadHeaders of(UploadTarget target) {
        return new UploadHeaders(target.contentLength(), base64(target.sha256()), target.attributes());
    }

    Map<String, String> asMap() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", attributes.contentType());
        headers.put("content-length", Long.toString(contentLength));
        headers.put("if-none-match", "*");
        if (checksumSha256 != null) {
            headers.put("x-amz-checksum-sha256", checksumSha256);
        }
        headers.putAll(attributes.headers());
        return Collections.unmodifiableMap(headers);
    }

    static @Nullable String base64(@Nullable String hex) {
        return hex == null
                ? null
                : Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }
}
