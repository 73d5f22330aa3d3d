package dev.attache.upload;

import dev.attache.contract.ObjectCreated;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.UploadTerms;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.UploadFile;
import dev.attache.storage.ContentTypes;
import dev.attache.storage.FileNames;
import dev.attache.storage.StoredObject;
import dev.attache.storage.UploadKeys;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares arrived files with the terms of their uploads, and with each other. */
public final class UploadArrivals {

    private UploadArrivals() {}

    /** @throws RejectedException if the object has another size or type than the terms allow */
    static void check(UploadTerms terms, StoredObject stored) {
        Long exact = terms.contentLength();
        if (exact != null && stored.contentLength() != exact) {
            throw new RejectedException(
                    RejectionCode.TOO_LARGE,
                    "The file that arrived has %d bytes, but %d were agreed".formatted(stored.contentLength(), exact));
        }
        if (stored.contentLength() > terms.maxBytes()) {
            throw new RejectedException(
                    RejectionCode.TOO_LARGE,
                    "The file that arrived has %d bytes, but %d at most were agreed"
                            .formatted(stored.contentLength(), terms.maxBytes()));
        }
        if (!ContentTypes.accepts(terms.contentTypes(), stored.contentType())) {
            throw new RejectedException(
                    RejectionCode.CONTENT_TYPE_NOT_ALLOWED,
                    "The file that arrived is of the type %s, but %s were agreed"
                            .formatted(stored.contentType(), terms.contentTypes()));
        }
    }

    /** @param sequencer the sequencer of S3's notification; null without a notification */
    static OpenUpload.Arrival of(StoredObject stored, @Nullable String sequencer) {
        return new OpenUpload.Arrival(
                stored.object().key(),
                stored.object().versionId(),
                stored.eTag(),
                sequencer,
                stored.contentLength(),
                stored.contentType(),
                stored.lastModified(),
                stored.fileName(),
                stored.fileId());
    }

    /**
     * Whether an arrival replaces the recorded one. If the keys differ, the recorded file stays. If the keys are equal,
     * the version with the greater sequencer is recorded (Amazon S3 User Guide, "Event message structure": pad the
     * shorter one with zeros on the right, then compare as text). If one has no sequencer, because it was found without
     * a notification, or if both are equal, which happens only in stores other than S3, the later one is recorded.
     */
    static boolean supersedes(OpenUpload.Arrival arrival, OpenUpload.@Nullable Arrival recorded) {
        if (recorded == null) {
            return true;
        }
        if (!recorded.key().equals(arrival.key()) || same(arrival, recorded)) {
            return false;
        }
        int order = arrival.sequencer() == null || recorded.sequencer() == null
                ? 0
                : compareSequencers(arrival.sequencer(), recorded.sequencer());
        return order == 0 ? arrival.uploadedAt().isAfter(recorded.uploadedAt()) : order > 0;
    }

    /** Whether two arrivals are the same version of the same object. */
    static boolean same(OpenUpload.Arrival arrival, OpenUpload.@Nullable Arrival other) {
        return other != null
                && other.key().equals(arrival.key())
                && ((other.versionId() == null && arrival.versionId() == null)
                        ? other.eTag().equals(arrival.eTag())
                        : Objects.equals(other.versionId(), arrival.versionId()));
    }

    /** Whether a notification reports an arrival that is recorded already. */
    public static boolean describes(ObjectCreated created, OpenUpload.Arrival recorded) {
        return recorded.key().equals(created.object().key())
                && (recorded.versionId() == null
                        ? created.object().versionId() == null
                                && recorded.eTag().equals(created.eTag())
                        : recorded.versionId().equals(created.object().versionId()));
    }

    private static int compareSequencers(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int length = Math.max(a.length(), b.length());
        return (a + "0".repeat(length - a.length())).compareTo(b + "0".repeat(length - b.length()));
    }

    /**
     * The upload with this arrival. It is unchanged if the arrival does not supersede the recorded one with its key, or
     * if it would be one file more than the request allows.
     */
    static OpenUpload recorded(OpenUpload upload, OpenUpload.Arrival arrival) {
        UploadFile file = upload.fileAt(arrival.key()).orElseGet(() -> unsigned(upload, arrival));
        boolean accepted = file.arrival() == null ? !upload.full() : supersedes(arrival, file.arrival());
        return accepted ? upload.withFile(file.withArrival(arrival)) : upload;
    }

    /** Whether this version of this object is recorded. */
    static boolean isRecorded(OpenUpload upload, OpenUpload.Arrival arrival) {
        return upload.fileAt(arrival.key())
                .filter(file -> same(arrival, file.arrival()))
                .isPresent();
    }

    /** The upload after this file was refused: its number accepts no other file. */
    static OpenUpload refused(OpenUpload upload, StoredObject stored) {
        OpenUpload.Arrival refused = of(stored, null);
        Optional<UploadFile> file = upload.fileAt(refused.key());
        if (file.isPresent()) {
            return file.get().open() ? upload.withFile(file.get().asRefused()) : upload;
        }
        boolean expected = refused.key().equals(upload.key(upload.nextNumber()));
        return expected && !upload.full()
                ? upload.withFile(unsigned(upload, refused).asRefused())
                : upload;
    }

    /** A file for which no link was signed on the page: from a program, or with a key of an earlier build. */
    private static UploadFile unsigned(OpenUpload upload, OpenUpload.Arrival arrival) {
        int named = UploadKeys.number(arrival.key()).orElse(upload.nextNumber());
        return UploadFile.signed(
                upload.file(named).isEmpty() ? named : upload.nextNumber(),
                fileName(upload, arrival),
                arrival.key(),
                arrival.contentType(),
                arrival.contentLength(),
                arrival.fileId(),
                arrival.uploadedAt());
    }

    /** The file's name: that of its sender, else that of the request, else the last part of its key. */
    static String fileName(OpenUpload upload, OpenUpload.Arrival arrival) {
        String key = arrival.key();
        if (arrival.fileName() != null) {
            return arrival.fileName();
        }
        String asked = upload.terms().fileName();
        return upload.fileAt(key).map(UploadFile::name).orElseGet(() -> asked == null ? FileNames.ofKey(key) : asked);
    }
}
