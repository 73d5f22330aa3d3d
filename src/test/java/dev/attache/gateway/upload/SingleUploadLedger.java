package dev.attache.gateway.upload;

import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A ledger with one upload; it counts reads and writes. */
final class SingleUploadLedger implements OpenUploads {

    volatile OpenUpload upload;
    int writes;
    int reads;
    boolean revoked;

    @Nullable
    RuntimeException failure;

    SingleUploadLedger(OpenUpload upload) {
        this.upload = upload;
    }

    @Override
    public OpenUpload open(OpenUpload proposed) {
        throw new AssertionError("The page must not open uploads");
    }

    @Override
    public Optional<OpenUpload> find(UUID id) {
        return Optional.of(upload).filter(found -> found.id().equals(id));
    }

    @Override
    public Optional<OpenUpload> findByPage(String pageId) {
        reads++;
        if (failure != null) {
            throw failure;
        }
        return Optional.of(upload).filter(found -> found.pageId().equals(pageId));
    }

    @Override
    public boolean isRevoked(OpenUpload closed) {
        return revoked && closed.equals(upload);
    }

    @Override
    public synchronized OpenUpload change(UUID id, UnaryOperator<OpenUpload> change) {
        OpenUpload before = find(id).orElseThrow(NoSuchElementException::new);
        // Twice, as after a conflicting write.
        change.apply(before);
        OpenUpload after = change.apply(before);
        if (after != before) {
            writes++;
            upload = after;
        }
        return after;
    }
}
