package dev.attache.gateway.upload;

import dev.attache.gateway.PageServer;
import dev.attache.link.UploadTarget;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An HTTP server with the upload page and its assets, and a storage on another origin. */
final class UploadPageServer implements AutoCloseable {

    /** The ends of the paths of the script's calls. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    final BrowserStorage storage;

    private volatile @Nullable StoredParts parts;

    private final UploadPageFixture fixture;
    private final PageServer server;
    private final Map<String, UploadTarget> targets = new ConcurrentHashMap<>();

    UploadPageServer(UploadPageFixture fixture) throws IOException {
        this.fixture = fixture;
        storage = new BrowserStorage(this::store);
        fixture.storage = storage.origin();
        server = new PageServer("/u/", fixture.browser());
        server.onPost(path -> calls.add(path.substring(path.lastIndexOf('/') + 1)));
        fixture.signer.address = target -> {
            targets.put(target.object().key(), target);
            return storage.origin() + "/" + target.object().key() + "?X-Amz-Signature=secret";
        };
    }

    /** The page's address. */
    String page() {
        return server.origin() + "/u/" + UploadPageFixture.PAGE;
    }

    /** Adds the endpoints of multipart uploads. */
    void acceptParts() {
        parts = new StoredParts(fixture, storage.origin());
        for (String action : List.of("multipart", "parts", "multipart-complete")) {
            server.serve("/u/" + UploadPageFixture.PAGE + "/" + action, exchange -> {
                calls.add(action);
                parts().answer(exchange);
            });
        }
    }

    /** The multipart uploads, if they are accepted. */
    StoredParts parts() {
        return Objects.requireNonNull(parts);
    }

    @Override
    public void close() {
        server.close();
        storage.close();
    }

    /** Stores the object as S3 does, with the signed metadata and only if no object has the key. */
    private synchronized int store(BrowserStorage.Received request) {
        Optional<Integer> part = Optional.ofNullable(parts).flatMap(it -> it.store(request));
        if (part.isPresent()) {
            return part.get();
        }
        String key = request.address().getPath().substring(1);
        UploadTarget target = Objects.requireNonNull(targets.get(key), key);
        if (fixture.files.has(key)) {
            return 412;
        }
        fixture.files.add(key, target.fileName(), request.size(), target.fileId());
        return 200;
    }
}
