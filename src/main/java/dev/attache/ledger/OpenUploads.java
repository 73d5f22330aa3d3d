package dev.attache.ledger;

import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The records of uploads, open or arrived, which are written conditionally. */
public interface OpenUploads {

    /**
     * Records an upload with its marker in the due index ({@link DueUploads}), unless an upload with its id is recorded
     * already.
     *
     * @return the recorded upload: {@code proposed}, or the one of an earlier delivery of the same event
     */
    OpenUpload open(OpenUpload proposed);

    Optional<OpenUpload> find(UUID id);

    Optional<OpenUpload> findByPage(String pageId);

    /**
     * Changes a record by compare-and-swap: reads it, applies the change, and writes it if no other worker has changed
     * it since; otherwise it repeats all three. The change may be applied several times. If it returns its argument,
     * nothing is written.
     *
     * @throws java.util.NoSuchElementException if there is no such record
     */
    OpenUpload change(UUID id, UnaryOperator<OpenUpload> change);

    /** Whether the upload's source has revoked it. Records themselves do not say so. */
    default boolean isRevoked(OpenUpload upload) {
        return false;
    }
}
