package dev.attache.ledger;

import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The uploads that are open or have arrived, as S3 objects that are written conditionally. */
public interface OpenUploads {

    /**
     * Records an upload and when it is due ({@link DueUploads}), unless one with its id stands there already.
     *
     * @return what stands in the ledger now: {@code proposed}, or what an earlier delivery of the same event recorded
     */
    OpenUpload open(OpenUpload proposed);

    Optional<OpenUpload> find(UUID id);

    Optional<OpenUpload> findByPage(String pageId);

    /**
     * Changes a record by compare-and-swap: reads it, applies the change, writes it back if nobody else has in between,
     * and begins again otherwise. The change may be applied several times; when it returns its argument nothing is
     * written.
     *
     * @throws java.util.NoSuchElementException when there is no such record
     */
    OpenUpload change(UUID id, UnaryOperator<OpenUpload> change);
}
