package dev.attache.ledger.downloads;

import java.time.Instant;
import java.util.List;

/**
 * The due index of download pages: a marker for each page that needs attention at a certain time, even if nobody opens
 * it. Only pages with a reminder or a report of their expiry have markers, and pages that are being used.
 */
public interface DueDownloads {

    /** Writes a marker. Writing it again changes nothing. */
    void add(Due due);

    /** Removes a marker. Does nothing if it does not exist. */
    void remove(Due due);

    /** The markers that were due at this time, the earliest first. */
    List<Due> until(Instant time, int limit);

    /** As {@link #until}, but only markers after {@code last}. */
    List<Due> untilAfter(Due last, Instant time, int limit);

    /**
     * Writes the markers that a page asks for. Called after its mail was sent, and again whenever the event of the mail
     * is received again, so that none is missing. Does nothing for most pages.
     */
    default void schedule(DeliveryKey key, IssuedPage page) {
        if (page.page().remindAt() != null) {
            add(new Due(page.page().remindAt(), Kind.REMINDER, key, ""));
        }
        if (page.page().reportExpiry()) {
            add(new Due(page.page().expiresAt(), Kind.EXPIRY, key, ""));
        }
    }

    /**
     * A marker.
     *
     * @param minute when it is due, truncated to minutes
     * @param id distinguishes markers of the same kind for the same page: up to 32 hexadecimal digits, or empty
     */
    record Due(Instant minute, Kind kind, DeliveryKey key, String id) {}

    /** What is due. */
    enum Kind {
        /** Events about the page's use may not be published. */
        EVENTS("events"),
        /** The recipient gets a reminder unless something was downloaded. */
        REMINDER("reminder"),
        /** The sender gets a report of the page's expiry. */
        EXPIRY("expiry");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
