package dev.attache.source;

import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.UploadRequest;
import dev.attache.contract.value.UploadTerms;
import dev.attache.storage.ContentTypes;
import dev.attache.storage.ObjectKeys;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The uploads that a source may ask for.
 *
 * @param name of the source
 */
record ConfiguredUploads(String name, SourcesProperties.Source settings) {

    /** @throws RejectedException {@code CONTENT_TYPE_NOT_ALLOWED} or {@code TOO_LARGE} */
    UploadTerms terms(UploadRequest requested) {
        long largest = largest(requested);
        long maxBytes = requested.maxBytes() == null ? largest : requested.maxBytes();
        if (maxBytes > largest) {
            throw tooLarge("maxBytes " + maxBytes + " is more than the " + largest + " bytes that source " + name
                    + " may ask for");
        }
        Long exact = requested.contentLength();
        if (exact != null && exact > maxBytes) {
            throw tooLarge("contentLength " + exact + " is more than the " + maxBytes + " bytes that "
                    + (requested.maxBytes() == null ? "source " + name + " may ask for" : "maxBytes allows"));
        }
        String sha256 = requested.sha256() == null ? null : requested.sha256().toLowerCase(Locale.ROOT);
        return new UploadTerms(
                contentTypes(requested.contentTypes()),
                maxBytes,
                exact,
                requested.fileName(),
                sha256,
                requested.maxFiles(),
                requested.receipt());
    }

    /**
     * A file whose SHA-256 is requested is sent with a single PUT.
     *
     * @throws RejectedException {@code TOO_LARGE} if the request asks for a larger file with a SHA-256
     */
    private long largest(UploadRequest requested) {
        long largest = settings.maxSize().toBytes();
        if (requested.sha256() == null) {
            return largest;
        }
        long stated = Math.max(zeroIfNull(requested.maxBytes()), zeroIfNull(requested.contentLength()));
        if (stated > UploadRequest.LARGEST_PUT) {
            throw tooLarge("sha256 is only possible for files of at most " + UploadRequest.LARGEST_PUT
                    + " bytes, but the request allows " + stated
                    + ": S3 has no SHA-256 of a whole object that was sent in parts. Leave it out, or allow less");
        }
        return Math.min(largest, UploadRequest.LARGEST_PUT);
    }

    private static long zeroIfNull(@Nullable Long size) {
        return size == null ? 0 : size;
    }

    private List<String> contentTypes(List<String> requested) {
        List<String> allowed = settings.contentTypes();
        if (allowed.isEmpty()) {
            throw new RejectedException(
                    RejectionCode.CONTENT_TYPE_NOT_ALLOWED,
                    "Source " + name
                            + " may not ask for uploads; list the types that it may ask for in attache.sources." + name
                            + ".content-types");
        }
        if (requested.isEmpty()) {
            return allowed;
        }
        List<String> asked = requested.stream()
                .map(ContentTypes::essence)
                .filter(ContentTypes::isTypeOrRange)
                .toList();
        List<String> common = ContentTypes.common(asked, allowed);
        if (common.isEmpty()) {
            throw new RejectedException(
                    RejectionCode.CONTENT_TYPE_NOT_ALLOWED,
                    "Source " + name
                            + " may not ask for uploads of " + ObjectKeys.quoted(requested.toString()) + ", only of "
                            + allowed);
        }
        return common;
    }

    private static RejectedException tooLarge(String detail) {
        return new RejectedException(RejectionCode.TOO_LARGE, detail);
    }
}
