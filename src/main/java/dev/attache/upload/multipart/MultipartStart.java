package dev.attache.upload.multipart;

import dev.attache.contract.value.ObjectRef;
import dev.attache.encoding.Sha256;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.UploadFile;
import dev.attache.ledger.UploadFile.MultipartUpload;
import dev.attache.link.ObjectAttributes;
import dev.attache.source.SourcePolicies;
import dev.attache.storage.multipart.MultipartObjects;
import dev.attache.storage.multipart.StoredPart;
import dev.attache.upload.ChosenFile;
import dev.attache.upload.UploadSlots;
import dev.attache.upload.UploadSlots.Slot;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Starts the multipart upload of a file, or finds one that was interrupted. A multipart upload belongs to one file and
 * to one tab: parts of two files must never become one object. Another tab with the same file takes it over only if
 * nothing was stored for {@link InterruptedMultiparts#IDLE}, because then its own tab has most likely been closed.
 *
 * <p>A multipart upload is recorded before a part is signed, so that each that has parts can be found and aborted. One
 * whose recording failed has no parts; the bucket's lifecycle rule removes it.
 */
public final class MultipartStart {

    private static final int MOST_ROUNDS = 10;

    private final UploadSlots slots;

    private final Multiparts multiparts;

    private final InterruptedMultiparts interrupted;

    private final MultipartObjects objects;

    private final SourcePolicies policies;

    private final LongFunction<PartPlan> plans;

    private final Clock clock;

    public MultipartStart(
            UploadSlots slots, OpenUploads ledger, MultipartObjects objects, SourcePolicies policies, Clock clock) {
        this(slots, ledger, objects, policies, PartPlan::of, clock);
    }

    /** @param plans cuts a file of this size into parts */
    MultipartStart(
            UploadSlots slots,
            OpenUploads ledger,
            MultipartObjects objects,
            SourcePolicies policies,
            LongFunction<PartPlan> plans,
            Clock clock) {
        this.slots = slots;
        this.multiparts = new Multiparts(ledger, objects);
        this.interrupted = new InterruptedMultiparts(multiparts, objects, clock);
        this.objects = objects;
        this.policies = policies;
        this.plans = plans;
        this.clock = clock;
    }

    /**
     * A file that a tab wants to send in parts.
     *
     * @param firstPart the SHA-256 of the first 8 MiB of the file in base64
     * @param tab the tab's random id, at most 64 characters
     */
    public record Request(ChosenFile file, String firstPart, String tab) {

        private static final int LONGEST_TAB = 64;

        public Request {
            if (!PartChecksums.isSha256(firstPart)) {
                throw new IllegalArgumentException("The checksum of the first bytes is not a SHA-256 in base64");
            }
            if (tab.isBlank() || tab.length() > LONGEST_TAB) {
                throw new IllegalArgumentException("The tab's id must have 1 to " + LONGEST_TAB + " characters");
            }
        }

        String fingerprint() {
            return Sha256.hex(file.id() + "\n" + firstPart);
        }
    }

    /** How the file can be sent, or why not. */
    public sealed interface Result {

        /** The record of the upload afterwards. */
        OpenUpload upload();

        /**
         * The parts can be signed.
         *
         * @param number the file's number in the upload
         * @param parts the parts that S3 has stored; the tab compares their checksums with its file
         */
        record Ready(OpenUpload upload, int number, MultipartUpload multipart, List<StoredPart> parts)
                implements Result {

            public Ready {
                parts = List.copyOf(parts);
            }
        }

        /** The file has arrived before. */
        record Arrived(OpenUpload upload) implements Result {}

        /** Other files have arrived, as many as the request allows. */
        record Full(OpenUpload upload) implements Result {}

        /** The upload has ended, or accepts no other file. */
        record Closed(OpenUpload upload) implements Result {}

        /** The request states a SHA-256, so the file must be sent with a single PUT. */
        record OnlyWhole(OpenUpload upload) implements Result {}

        /** Too many tabs send files at this moment. */
        record Busy(OpenUpload upload) implements Result {}
    }

    /**
     * The part size for a file.
     *
     * @param size of the file, in bytes, 1 to 5 TB
     */
    public static long partSize(long size) {
        return PartPlan.of(size).partSize();
    }

    /**
     * Starts or resumes.
     *
     * @throws java.util.NoSuchElementException if there is no such upload (any more)
     * @throws IllegalArgumentException if the file is empty or larger than 5 TB
     */
    public Result start(OpenUpload upload, Request request) {
        if (upload.terms().sha256() != null) {
            return new Result.OnlyWhole(upload);
        }
        PartPlan plan = plans.apply(request.file().size());
        OpenUpload current = upload;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Slot slot = slots.take(current, request.file());
            if (!(slot instanceof Slot.Taken(OpenUpload taken, UploadFile file))) {
                return refused(slot, request);
            }
            Optional<Result.Ready> ready = interrupted.resumed(taken, file, request);
            if (ready.isPresent()) {
                return ready.get();
            }
            Result result = started(taken, file.number(), request, plan);
            if (!(result instanceof Result.Closed)) {
                return result;
            }
            // Another tab changed the record: its file arrived, or the person ended the upload.
            current = result.upload();
        }
        return new Result.Busy(current);
    }

    private static Result refused(Slot slot, Request request) {
        return switch (slot) {
            case Slot.Arrived(OpenUpload upload, UploadFile file) ->
                isAnother(file, request) ? new Result.Full(upload) : new Result.Arrived(upload);
            case Slot.Full(OpenUpload upload) -> new Result.Full(upload);
            case Slot.Closed(OpenUpload upload) -> new Result.Closed(upload);
            case Slot.Taken taken -> throw new IllegalArgumentException("The file has a number");
        };
    }

    /** Whether the file that has arrived begins with other bytes, although the browser describes it equally. */
    private static boolean isAnother(UploadFile arrived, Request request) {
        return !arrived.multiparts().isEmpty()
                && arrived.multiparts().stream()
                        .noneMatch(it -> it.fingerprint().equals(request.fingerprint()));
    }

    private Result started(OpenUpload before, int number, Request request, PartPlan plan) {
        OpenUpload upload = interrupted.withSpace(before, number);
        UploadFile file = upload.file(number).orElseThrow();
        if (file.multiparts().size() >= Multiparts.MOST) {
            return new Result.Busy(upload);
        }
        ObjectRef object = Multiparts.object(upload, file);
        String uploadId = objects.create(
                attributes(upload, file).createMultipartUpload(object).build());
        MultipartUpload multipart = new MultipartUpload(
                uploadId,
                request.file().id(),
                request.fingerprint(),
                request.tab(),
                clock.instant(),
                plan.size(),
                plan.partSize());
        OpenUpload changed = multiparts.add(upload, number, multipart);
        if (Multiparts.find(changed, number, uploadId).isPresent()) {
            return new Result.Ready(changed, number, multipart, List.of());
        }
        multiparts.abort(changed, number, multipart);
        return new Result.Closed(changed);
    }

    private ObjectAttributes attributes(OpenUpload upload, UploadFile file) {
        return new ObjectAttributes(
                file.contentType(),
                upload.requestId(),
                file.name(),
                policies.require(upload.source()).uploadStorage(),
                file.fileId());
    }
}
