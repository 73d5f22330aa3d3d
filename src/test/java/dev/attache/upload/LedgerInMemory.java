package dev.attache.upload;

import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Open uploads in memory. */
public final class LedgerInMemory implements OpenUploads {

    public final Map<UUID, OpenUpload> uploads = new ConcurrentHashMap<>();

    @Override
    public OpenUpload open(OpenUpload proposed) {
        OpenUpload earlier = uploads.putIfAbsent(proposed.id(), proposed);
        return earlier == null ? proposed : earlier;
    }

    @Override
    public Optional<OpenUpload> find(UUID id) {
        return Optional.ofNullable(uploads.get(id));
    }

    @Override
    public Optional<OpenUpload> findByPage(String pageId) {
        return uploads.values().stream()
                .filter(upload -> upload.pageId().equals(pageId))
                .findFirst();
    }

    @Override
    public OpenUpload change(UUID id, UnaryOperator<OpenUpload> change) {
        OpenUpload changed = uploads.computeIfPresent(id, (same, upload) -> change.apply(upload));
        if (changed == null) {
            throw new NoSuchElementException(id.toString());
        }
        return changed;
    }
}
