package dev.attache.upload.multipart;

import dev.attache.contract.value.ObjectRef;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.UploadFile;
import dev.attache.ledger.UploadFile.MultipartUpload;
import dev.attache.storage.multipart.MultipartObjects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The multipart uploads that are recorded for the files of an upload. Changes are written by compare-and-swap. */
final class Multiparts {

    /** The most for one number: each tab that sends a file has one. */
    static final int MOST = 8;

    private static final Logger log = LoggerFactory.getLogger(Multiparts.class);

    private final OpenUploads ledger;

    private final MultipartObjects objects;

    Multiparts(OpenUploads ledger, MultipartObjects objects) {
        this.ledger = ledger;
        this.objects = objects;
    }

    static ObjectRef object(OpenUpload upload, UploadFile file) {
        return new ObjectRef(upload.bucket(), file.key(), null);
    }

    static Optional<MultipartUpload> find(OpenUpload upload, int number, String uploadId) {
        return upload.file(number).flatMap(file -> file.multipart(uploadId));
    }

    /** Records a multipart upload, if its number still accepts a file and has space for another. */
    OpenUpload add(OpenUpload upload, int number, MultipartUpload multipart) {
        return ledger.change(
                upload.id(),
                before -> before.file(number)
                        .filter(file -> !before.ended() && file.open())
                        .filter(file -> file.multiparts().size() < MOST)
                        .map(file -> before.withFile(file.withMultipart(multipart)))
                        .orElse(before));
    }

    /** Gives a multipart upload to another tab, unless it was changed in the meantime. */
    OpenUpload give(OpenUpload upload, int number, MultipartUpload multipart, String tab) {
        return ledger.change(
                upload.id(),
                before -> before.file(number)
                        .filter(UploadFile::open)
                        .filter(file -> file.multiparts().contains(multipart))
                        .map(file -> before.withFile(file.withMultipart(multipart.withTab(tab))))
                        .orElse(before));
    }

    /** Removes a multipart upload from the record. */
    OpenUpload remove(OpenUpload upload, int number, MultipartUpload multipart) {
        return ledger.change(
                upload.id(),
                before -> before.file(number)
                        .map(file -> before.withFile(file.withoutMultipart(multipart.uploadId())))
                        .orElse(before));
    }

    /**
     * Aborts a multipart upload, and removes it from the record. If S3 does not answer, it stays recorded: a sweep or
     * the bucket's lifecycle rule aborts it.
     */
    OpenUpload abort(OpenUpload upload, int number, MultipartUpload multipart) {
        try {
            String key = upload.key(number);
            objects.abort(
                    new ObjectRef(
                            upload.bucket(),
                            upload.file(number).map(UploadFile::key).orElse(key),
                            null),
                    multipart.uploadId());
            return remove(upload, number, multipart);
        } catch (RuntimeException e) {
            log.warn("A multipart upload of upload {} could not be aborted yet: {}", upload.id(), e.toString());
            return upload;
        }
    }

    /** Aborts the multipart uploads of a number, except one. */
    OpenUpload abortOthers(OpenUpload upload, int number, MultipartUpload kept) {
        OpenUpload current = upload;
        for (MultipartUpload multipart :
                upload.file(number).map(UploadFile::multiparts).orElseThrow()) {
            if (!multipart.uploadId().equals(kept.uploadId())) {
                current = abort(current, number, multipart);
            }
        }
        return current;
    }
}
