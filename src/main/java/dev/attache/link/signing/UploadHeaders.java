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
 * The headers that a PUT link signs, and that its holder must send exactly so. {@code If-None-Match: *} makes the link
 * work once ("How to prevent object overwrites with conditional writes").
 *
 * @param checksumSha256 the content's SHA-256 in base64. S3 needs no algorithm beside the value, and an algorithm
 *     without a value would promise what nobody checks
 * @param requestId as it stands in the object's metadata, see {@link RequestIds}
 * @param fileName likewise, see {@link FileNameMetadata}
 * @param encryption what the upload asks S3 for; a bucket's policy may refuse an upload that does not ask
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
