package dev.attache.gateway.upload;

import dev.attache.contract.value.RejectionCode;
import dev.attache.gateway.upload.MultipartController.DueParts;
import dev.attache.gateway.upload.MultipartController.FileInParts;
import dev.attache.gateway.upload.MultipartController.SentParts;
import dev.attache.gateway.upload.MultipartController.SignedPart;
import dev.attache.gateway.upload.MultipartController.SignedParts;
import dev.attache.gateway.upload.MultipartController.Started;
import dev.attache.gateway.upload.MultipartController.Stored;
import dev.attache.ledger.OpenUpload;
import dev.attache.upload.Receipt;
import dev.attache.upload.multipart.MultipartCompletion;
import dev.attache.upload.multipart.MultipartStart;
import dev.attache.upload.multipart.PartLinks;
import dev.attache.upload.multipart.PartLinks.DuePart;
import dev.attache.upload.multipart.PartLinks.PartLink;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends files in parts, within the terms of their uploads. */
final class MultipartPageService {

    private final UploadPageService uploads;
    private final MultipartStart starts;
    private final PartLinks links;
    private final MultipartCompletion completion;

    MultipartPageService(
            UploadPageService uploads, MultipartStart starts, PartLinks links, MultipartCompletion completion) {
        this.uploads = uploads;
        this.starts = starts;
        this.links = links;
        this.completion = completion;
    }

    /** @throws UploadRefusedException if the file does not meet the terms, or the upload accepts no file */
    Started start(OpenUpload upload, FileInParts described) {
        if (!upload.ended()) {
            uploads.requireOpen(upload);
        }
        MultipartStart.Request request = valid(
                upload,
                () -> new MultipartStart.Request(
                        UploadPageService.chosen(upload, described.description()),
                        String.valueOf(described.firstPart()),
                        String.valueOf(described.tab())));
        return switch (starts.start(upload, request)) {
            case MultipartStart.Result.Ready ready -> {
                uploads.requireOpen(ready.upload());
                yield new Started(
                        ready.number(),
                        ready.multipart().uploadId(),
                        ready.multipart().partSize(),
                        ready.parts().stream()
                                .map(part -> new Stored(part.number(), part.size(), part.sha256()))
                                .toList());
            }
            case MultipartStart.Result.Arrived(OpenUpload now) -> throw refused(UploadProblem.ALREADY_ARRIVED, now);
            case MultipartStart.Result.Full(OpenUpload now) -> throw refused(UploadProblem.OTHER_ARRIVED, now);
            case MultipartStart.Result.Closed(OpenUpload now) -> throw refused(uploads.whyClosed(now), now);
            case MultipartStart.Result.OnlyWhole(OpenUpload now) -> throw refused(UploadProblem.MALFORMED, now);
            case MultipartStart.Result.Busy busy ->
                throw new IllegalStateException("Too many tabs send files to upload " + upload.id());
        };
    }

    /** @throws UploadRefusedException if the upload accepts no file, or has no such multipart upload any more */
    SignedParts sign(OpenUpload upload, DueParts due) {
        if (!upload.ended()) {
            uploads.requireOpen(upload);
        }
        PartLinks.Result result = valid(
                upload,
                () -> links.sign(upload, number(due.number()), String.valueOf(due.uploadId()), parts(due.parts())));
        return switch (result) {
            case PartLinks.Result.Signed(List<PartLink> parts) ->
                new SignedParts(parts.stream()
                        .map(part -> new SignedPart(
                                part.number(),
                                part.link().url(),
                                part.link().method(),
                                part.link().headers(),
                                part.link().expiresAt()))
                        .toList());
            case PartLinks.Result.Unknown unknown -> throw refused(UploadProblem.PARTS_CHANGED, upload);
        };
    }

    private static List<DuePart> parts(@Nullable List<MultipartController.@Nullable DuePart> due) {
        if (due == null) {
            throw new IllegalArgumentException("No part is due");
        }
        List<DuePart> parts = new ArrayList<>();
        for (MultipartController.@Nullable DuePart part : due) {
            if (part != null) {
                parts.add(new DuePart(number(part.number()), String.valueOf(part.sha256())));
            }
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("No part is due");
        }
        return parts;
    }

    /**
     * Parts that were signed just before the upload's expiry can arrive after it, so a completion can be a link's
     * lifetime later.
     *
     * @throws UploadRefusedException if the file cannot be completed
     */
    ReceiptBody complete(OpenUpload upload, SentParts sent) {
        uploads.requireNotLongClosed(upload);
        int number = valid(upload, () -> number(sent.number()));
        String uploadId = String.valueOf(sent.uploadId());
        String checksum = String.valueOf(sent.checksum());
        return switch (completion.complete(upload, number, uploadId, checksum)) {
            case MultipartCompletion.Result.Recorded(OpenUpload now, Receipt receipt) -> ReceiptBody.of(receipt);
            case MultipartCompletion.Result.OtherArrived(OpenUpload now, Receipt receipt) ->
                throw refused(UploadProblem.OTHER_ARRIVED, now);
            case MultipartCompletion.Result.PartsChanged(OpenUpload now) ->
                throw refused(UploadProblem.PARTS_CHANGED, now);
            case MultipartCompletion.Result.Refused(OpenUpload now, RejectionCode code) ->
                throw refused(
                        code == RejectionCode.TOO_LARGE
                                ? UploadProblem.TOO_LARGE
                                : UploadProblem.CONTENT_TYPE_NOT_ALLOWED,
                        now);
            case MultipartCompletion.Result.Closed(OpenUpload now) -> throw refused(uploads.whyClosed(now), now);
            case MultipartCompletion.Result.Undecided undecided ->
                throw new IllegalStateException("S3 is completing a file of upload " + upload.id());
        };
    }

    private static int number(@Nullable Integer number) {
        if (number == null) {
            throw new IllegalArgumentException("A number is missing");
        }
        return number;
    }

    private static <T> T valid(OpenUpload upload, Supplier<T> described) {
        try {
            return described.get();
        } catch (IllegalArgumentException malformed) {
            throw refused(UploadProblem.MALFORMED, upload);
        }
    }

    private static UploadRefusedException refused(UploadProblem problem, OpenUpload upload) {
        return new UploadRefusedException(problem, upload);
    }
}
