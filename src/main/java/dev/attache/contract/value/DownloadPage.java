package dev.attache.contract.value;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The download page of a delivery.
 *
 * @param items the files, 1 to 100, in the order of the page
 * @param expiresAt when the page expires
 * @param maxDownloads how often each file may be downloaded, 1 or more; null for no limit
 * @param oneTime whether each file may be downloaded once, and again within a short time after the first download
 * @param confirmAddress whether the recipient must confirm the address before the first download
 * @param remindAt when a recipient who has downloaded nothing gets a reminder; null for no reminder
 * @param reportExpiry whether {@code link.expired} is published when the page expires
 * @param order the order of a purchase; null for other purposes
 */
public record DownloadPage(
        List<Item> items,
        Instant expiresAt,
        @Nullable Integer maxDownloads,
        boolean oneTime,
        boolean confirmAddress,
        @Nullable Instant remindAt,
        boolean reportExpiry,
        @Nullable Order order) {

    public DownloadPage {
        items = List.copyOf(items);
    }

    /**
     * A file of the page.
     *
     * @param object the object in S3
     * @param title the text that names the file; its file name if null
     * @param fileName the name under which a browser saves it
     * @param contentLength the size in bytes; null if unknown
     * @param contentType the media type; null if unknown
     * @param eTag the ETag of the object, without quotes; null if unknown
     * @param availableUntil when S3 may delete the object or its restored copy; null if S3 reports no such time
     */
    public record Item(
            ObjectRef object,
            @Nullable String title,
            String fileName,
            @Nullable Long contentLength,
            @Nullable String contentType,
            @Nullable String eTag,
            @Nullable Instant availableUntil) {

        /** A file of which neither ETag nor end is known. */
        public Item(
                ObjectRef object,
                @Nullable String title,
                String fileName,
                @Nullable Long contentLength,
                @Nullable String contentType) {
            this(object, title, fileName, contentLength, contentType, null, null);
        }

        /** Whether S3 may have deleted the object, as far as was known when the page was issued. */
        public boolean isGone(Instant now) {
            return availableUntil != null && !now.isBefore(availableUntil);
        }

        /** Omits title and file name, which may be personal. */
        @Override
        public String toString() {
            return "Item[object=" + object + ", contentLength=" + contentLength + ", contentType=" + contentType + "]";
        }
    }

    /** The order of a purchase. */
    public record Order(String orderId, Instant purchasedAt) {}
}
