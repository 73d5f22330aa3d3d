package dev.attache.ledger;

import dev.attache.contract.UploadCompleted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The end of an upload by its person, by its last file or by its deadline. No link is signed after it. */
public sealed interface UploadEnd {

    Instant at();

    /** Whether the events about it, and its mails, were published. */
    boolean wasAnnounced();

    /**
     * The end of an upload of several files.
     *
     * @param files the numbers of the files that had arrived by then
     * @param announced whether the event and the mails were published; null for false
     */
    record Completion(
            UploadCompleted.Reason reason,
            Instant at,
            List<Integer> files,
            @Nullable Boolean announced) implements UploadEnd {

        public Completion {
            files = List.copyOf(files);
        }

        @Override
        public boolean wasAnnounced() {
            return Boolean.TRUE.equals(announced);
        }

        public Completion asAnnounced() {
            return new Completion(reason, at, files, true);
        }
    }

    /**
     * The end of an upload whose person cannot provide the file.
     *
     * @param reason the person's own words; null if they gave none
     * @param announced whether the event was published; null for false
     */
    record Decline(
            @Nullable String reason, Instant at, @Nullable Boolean announced) implements UploadEnd {

        @Override
        public boolean wasAnnounced() {
            return Boolean.TRUE.equals(announced);
        }

        public Decline asAnnounced() {
            return new Decline(reason, at, true);
        }

        /** Omits the reason, which is personal data. */
        @Override
        public String toString() {
            return "Decline[at=" + at + ", announced=" + announced + "]";
        }
    }
}
