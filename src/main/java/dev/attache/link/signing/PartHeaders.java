package dev.attache.link.signing;

import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One part of a multipart upload: the headers that its link signs, and the parameters that name it ("UploadPart").
 * UploadPart takes no precondition: a later part with the same number replaces an earlier one.
 *
 * @param partNumber 1 to 10,000
 * @param contentLength in bytes, 1 to 5 GB
 * @param checksumSha256 the SHA-256 of the part in base64
 */
record PartHeaders(String uploadId, int partNumber, long contentLength, String checksumSha256) {

    /** "Amazon S3 multipart upload limits". */
    private static final int MOST_PARTS = 10_000;

    private static final long LARGEST_PART = 5L << 30;

    PartHeaders {
        if (uploadId.isBlank()) {
            throw new IllegalArgumentException("A part needs the id of its multipart upload");
        }
        if (partNumber < 1 || partNumber > MOST_PARTS) {
            throw new IllegalArgumentException("A part's number is " + partNumber + ", not 1 to " + MOST_PARTS);
        }
        if (contentLength < 1 || contentLength > LARGEST_PART) {
            throw new IllegalArgumentException("A part's content length is " + contentLength);
        }
        if (Base64.getDecoder().decode(checksumSha256).length != 32) {
            throw new IllegalArgumentException("A part's checksum is no SHA-256 in base64");
        }
    }

    Map<String, String> asMap() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-length", Long.toString(contentLength));
        headers.put("x-amz-checksum-sha256", checksumSha256);
        return Collections.unmodifiableMap(headers);
    }
}
