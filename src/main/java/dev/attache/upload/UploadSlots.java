package dev.attache.upload;

import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.UploadFile;
import dev.attache.storage.UploadKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the number and the key for a file before a link to send it is signed, and records them. A request for n files
 * has n keys, besides those of refused files, and S3 stores one object per key; so no more than n files can arrive, and
 * each of them is recorded.
 *
 * <ol>
 *   <li>A file that was chosen before keeps its number, also in another tab.
 *   <li>Another file gets the next number, if there is one.
 *   <li>Otherwise it takes over the number whose last link was signed the longest ago, and for which nothing has
 *       arrived. Whichever of the two files is stored first, {@code If-None-Match: *} refuses the other, and its person
 *       learns that when their page asks again.
 * </ol>
 */
public final class UploadSlots {

    private static final int MOST_ROUNDS = 100;

    /** Signing again for the same file within this time changes no record. */
    private static final Duration REPEATED = Duration.ofMinutes(1);

    private final OpenUploads ledger;

    private final UploadReceipts receipts;

    private final Clock clock;

    public UploadSlots(OpenUploads ledger, UploadReceipts receipts, Clock clock) {
        this.ledger = ledger;
        this.receipts = receipts;
        this.clock = clock;
    }

    /** Where a chosen file can be sent. */
    public sealed interface Slot {

        /** The record of the upload afterwards. */
        OpenUpload upload();

        /** The file has this number and key. */
        record Taken(OpenUpload upload, UploadFile file) implements Slot {}

        /** The file has arrived before. */
        record Arrived(OpenUpload upload, UploadFile file) implements Slot {}

        /** Other files have arrived, as many as the request allows. */
        record Full(OpenUpload upload) implements Slot {}

        /** The person completed or declined the upload, or too many files were refused. */
        record Closed(OpenUpload upload) implements Slot {}
    }

    /**
     * Finds and records the number for a file. What is stored already is recorded first, because S3's notification may
     * be late: otherwise the person would send the whole file before S3 refuses it.
     *
     * @throws java.util.NoSuchElementException if there is no such upload (any more)
     */
    public Slot take(OpenUpload upload, ChosenFile chosen) {
        OpenUpload current = upload;
        // Each round but the last finds that a file has arrived or was refused, or that another tab took the number.
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Slot slot = find(current, chosen);
            if (!(slot instanceof Slot.Taken(OpenUpload before, UploadFile file))) {
                return slot;
            }
            current = withStored(before, file.number(), chosen);
            Optional<UploadFile> known = before.file(file.number());
            if (current.files().equals(before.files())) {
                if (known.filter(file::equals).isPresent()) {
                    return slot;
                }
                current = ledger.change(
                        upload.id(),
                        recorded -> isFree(recorded, before, file.number()) ? recorded.withFile(file) : recorded);
                if (current.file(file.number()).filter(file::equals).isPresent()) {
                    return new Slot.Taken(current, file);
                }
            }
        }
        throw new IllegalStateException("Other tabs changed upload " + upload.id() + " at each of " + MOST_ROUNDS
                + " attempts to find a number for a file");
    }

    /** Whether the upload has a number for another file: refused files use numbers up. */
    public static boolean hasNumber(OpenUpload upload) {
        return upload.nextNumber() <= UploadKeys.MOST_FILES
                || upload.files().stream().anyMatch(UploadFile::open);
    }

    /**
     * Records what is stored with this number. A file whose number another one took over may be stored with it,
     * although its tab got no answer. So all numbers are looked up before a file takes over another one: otherwise it
     * would be stored and announced twice.
     */
    private OpenUpload withStored(OpenUpload upload, int number, ChosenFile chosen) {
        Optional<UploadFile> file = upload.file(number);
        if (file.isEmpty()) {
            return upload;
        }
        return isFor(file.get(), upload, chosen)
                ? receipts.arrived(upload, number, null).upload()
                : receipts.arrived(upload);
    }

    private static boolean isFree(OpenUpload recorded, OpenUpload known, int number) {
        return !recorded.ended() && recorded.file(number).equals(known.file(number));
    }

    private Slot find(OpenUpload upload, ChosenFile chosen) {
        for (UploadFile file : upload.files()) {
            if (file.arrival() != null && chosen.is(file.arrival(), upload)) {
                return new Slot.Arrived(upload, file);
            }
        }
        if (upload.ended()) {
            return upload.full() ? new Slot.Full(upload) : new Slot.Closed(upload);
        }
        Instant now = clock.instant();
        List<UploadFile> open = upload.files().stream().filter(UploadFile::open).toList();
        Optional<UploadFile> same =
                open.stream().filter(file -> isFor(file, upload, chosen)).findFirst();
        if (same.isPresent()) {
            return taken(upload, same.get(), chosen, now);
        }
        if (upload.arrived().size() + open.size() < upload.terms().mostFiles()) {
            return next(upload, chosen, now);
        }
        return open.stream()
                .min(Comparator.comparing(UploadFile::signedAt))
                .<Slot>map(oldest -> taken(upload, oldest, chosen, now))
                .orElseGet(() -> new Slot.Full(upload));
    }

    private static boolean isFor(UploadFile file, OpenUpload upload, ChosenFile chosen) {
        return file.fileId() != null
                ? file.fileId().equals(chosen.id())
                : file.contentLength() == chosen.size() && file.name().equals(chosen.nameIn(upload));
    }

    private static Slot next(OpenUpload upload, ChosenFile chosen, Instant now) {
        int number = upload.nextNumber();
        return number > UploadKeys.MOST_FILES
                ? new Slot.Closed(upload)
                : new Slot.Taken(
                        upload,
                        UploadFile.signed(
                                number,
                                chosen.nameIn(upload),
                                upload.key(number),
                                chosen.contentType(),
                                chosen.size(),
                                chosen.id(),
                                now));
    }

    private static Slot taken(OpenUpload upload, UploadFile file, ChosenFile chosen, Instant now) {
        boolean repeated = isFor(file, upload, chosen) && file.signedAt().isAfter(now.minus(REPEATED));
        return new Slot.Taken(
                upload,
                repeated
                        ? file
                        : file.signedAgain(
                                chosen.nameIn(upload), chosen.contentType(), chosen.size(), chosen.id(), now));
    }
}
