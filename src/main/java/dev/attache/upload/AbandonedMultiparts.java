package dev.attache.upload;

import dev.attache.contract.value.ObjectRef;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.UploadFile;
import dev.attache.ledger.UploadFile.MultipartUpload;
import dev.attache.storage.multipart.MultipartObjects;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Aborts multipart uploads that can no longer be completed, because S3 keeps their parts otherwise. What cannot be
 * aborted is left to the bucket's lifecycle rule: it must not delay what is announced.
 */
public final class AbandonedMultiparts {

    private static final Logger log = LoggerFactory.getLogger(AbandonedMultiparts.class);

    private final BiConsumer<ObjectRef, String> abortion;

    public AbandonedMultiparts(MultipartObjects objects) {
        this(objects::abort);
    }

    private AbandonedMultiparts(BiConsumer<ObjectRef, String> abortion) {
        this.abortion = abortion;
    }

    /** For dry runs: aborts nothing. */
    public static AbandonedMultiparts kept() {
        return new AbandonedMultiparts((object, uploadId) -> {});
    }

    /** Aborts those of all files of an upload. */
    void abort(OpenUpload upload) {
        upload.files().forEach(file -> abort(upload, file));
    }

    /** Aborts those of a file that has arrived. The one that was completed does not exist any more. */
    void abort(OpenUpload upload, String key) {
        upload.fileAt(key).ifPresent(file -> abort(upload, file));
    }

    private void abort(OpenUpload upload, UploadFile file) {
        for (MultipartUpload multipart : file.multiparts()) {
            try {
                abortion.accept(new ObjectRef(upload.bucket(), file.key(), null), multipart.uploadId());
            } catch (RuntimeException e) {
                log.warn(
                        "A multipart upload of upload {} could not be aborted; the lifecycle rule of the bucket does"
                                + " it: {}",
                        upload.id(),
                        e.toString());
            }
        }
    }
}
