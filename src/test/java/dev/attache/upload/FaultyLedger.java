package dev.attache.upload;

import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A ledger in memory whose calls may fail, and in which others change a record between its reading and writing. */
final class FaultyLedger implements OpenUploads {

    private final Map<UUID, OpenUpload> records = new HashMap<>();

    private final Faults faults;

    private final Runnable others;

    private boolean changing;

    /** @param others what another worker or tab does in the meantime */
    FaultyLedger(Faults faults, Runnable others) {
        this.faults = faults;
        this.others = others;
    }

    @Override
    public OpenUpload open(OpenUpload proposed) {
        records.put(proposed.id(), proposed);
        return proposed;
    }

    @Override
    public Optional<OpenUpload> find(UUID id) {
        return faults.mayFail(() -> Optional.ofNullable(records.get(id)));
    }

    @Override
    public Optional<OpenUpload> findByPage(String pageId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OpenUpload change(UUID id, UnaryOperator<OpenUpload> change) {
        return faults.mayFail(() -> {
            while (true) {
                OpenUpload before = record(id);
                OpenUpload after = change.apply(before);
                meanwhile();
                if (record(id).equals(before)) {
                    records.put(id, after);
                    return after;
                }
            }
        });
    }

    /** The record, without faults. */
    OpenUpload record(UUID id) {
        return Optional.ofNullable(records.get(id)).orElseThrow(NoSuchElementException::new);
    }

    private void meanwhile() {
        if (!changing) {
            changing = true;
            try {
                others.run();
            } finally {
                changing = false;
            }
        }
    }
}
