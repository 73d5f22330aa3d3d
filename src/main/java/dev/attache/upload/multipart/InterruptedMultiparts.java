package dev.attache.upload.multipart;

import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.UploadFile;
import dev.attache.ledger.UploadFile.MultipartUpload;
import dev.attache.storage.multipart.MultipartObjects;
import dev.attache.storage.multipart.StoredPart;
import dev.attache.upload.multipart.MultipartStart.Result.Ready;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds multipart uploads that were interrupted: to resume them, or to make space for others. */
final class InterruptedMultiparts {

    /** After this time without a new part, another tab may continue. */
    static final Duration IDLE = Duration.ofMinutes(2);

    private final Multiparts multiparts;

    private final MultipartObjects objects;

    private final Clock clock;

    InterruptedMultiparts(Multiparts multiparts, MultipartObjects objects, Clock clock) {
        this.multiparts = multiparts;
        this.objects = objects;
        this.clock = clock;
    }

    /** The tab's own multipart upload, or one that its tab has left. */
    Optional<Ready> resumed(OpenUpload upload, UploadFile file, MultipartStart.Request request) {
        List<MultipartUpload> candidates = file.multiparts().stream()
                .filter(it -> it.fingerprint().equals(request.fingerprint()))
                .sorted(Comparator.comparing(it -> !it.tab().equals(request.tab())))
                .toList();
        for (MultipartUpload candidate : candidates) {
            Optional<List<StoredPart>> parts = objects.parts(Multiparts.object(upload, file), candidate.uploadId());
            if (parts.isEmpty()) {
                multiparts.remove(upload, file.number(), candidate);
            } else {
                Optional<Ready> mine = claimed(upload, file, candidate, parts.get(), request.tab());
                if (mine.isPresent()) {
                    return mine;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Ready> claimed(
            OpenUpload upload, UploadFile file, MultipartUpload candidate, List<StoredPart> parts, String tab) {
        if (candidate.tab().equals(tab)) {
            return Optional.of(new Ready(upload, file.number(), candidate, parts));
        }
        if (lastStored(candidate, parts).isAfter(clock.instant().minus(IDLE))) {
            return Optional.empty();
        }
        OpenUpload changed = multiparts.give(upload, file.number(), candidate, tab);
        return Multiparts.find(changed, file.number(), candidate.uploadId())
                .filter(it -> it.tab().equals(tab))
                .map(it -> new Ready(changed, file.number(), it, parts));
    }

    private static Instant lastStored(MultipartUpload multipart, List<StoredPart> parts) {
        return parts.stream()
                .map(StoredPart::uploadedAt)
                .filter(multipart.startedAt()::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(multipart.startedAt());
    }

    /** Aborts the idle multipart upload whose last part is the oldest, if the number has no space for another. */
    OpenUpload withSpace(OpenUpload upload, int number) {
        UploadFile file = upload.file(number).orElseThrow();
        if (file.multiparts().size() < Multiparts.MOST) {
            return upload;
        }
        Optional<MultipartUpload> oldest = Optional.empty();
        Instant last = clock.instant().minus(IDLE);
        for (MultipartUpload multipart : file.multiparts()) {
            Optional<List<StoredPart>> parts = objects.parts(Multiparts.object(upload, file), multipart.uploadId());
            Instant stored = parts.map(it -> lastStored(multipart, it)).orElse(Instant.MIN);
            if (stored.isBefore(last)) {
                oldest = Optional.of(multipart);
                last = stored;
            }
        }
        return oldest.map(it -> multiparts.abort(upload, number, it)).orElse(upload);
    }
}
