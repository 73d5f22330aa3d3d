package dev.attache.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.attache.ledger.keys.Keys;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.LedgerContentionException;
import dev.attache.ledger.objects.Pause;
import dev.attache.storage.FileNames;
import dev.attache.storage.UploadKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores uploads as JSON objects at {@code uploads/<id>.json} in the ledger's folder, each with a marker in the due
 * index. The object {@code pages/<hash of the page's id>} contains the id of the page's upload. A page's id is a
 * secret, but keys appear in access logs, inventories and error messages; so the key contains a hash of it, keyed with
 * the installation's newest key.
 *
 * <p>Earlier builds wrote {@code pages/<the page's id>}. If no hash finds a page, it is therefore looked up by its id,
 * so that pages which those builds opened still work. The id of a page with a hash is never sent to S3, because its
 * hash is found first. This lookup can be removed when no page of those builds is open.
 */
final class S3OpenUploads implements OpenUploads {

    private static final int TRIES = 10;

    /** The purpose of the hash, which is part of its input. */
    private static final String PAGE = "page";

    /**
     * The ledger's own mapper, so that its format does not depend on the application's. Unknown fields, such as those
     * of a later build, are ignored.
     */
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(it -> it.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private final ConditionalObjects objects;

    private final S3DueUploads due;

    private final Keys keys;

    private final String prefix;

    private final Pause pause;

    S3OpenUploads(ConditionalObjects objects, S3DueUploads due, Keys keys, String prefix, Pause pause) {
        this.objects = objects;
        this.due = due;
        this.keys = keys;
        this.prefix = prefix;
        this.pause = pause;
    }

    @Override
    public OpenUpload open(OpenUpload proposed) {
        if (!PageIds.isPageId(proposed.pageId())) {
            throw new IllegalArgumentException("An upload's page id must be 32 hexadecimal digits");
        }
        OpenUpload recorded = record(proposed);
        // All three objects are written at every delivery: the worker may have crashed between them before.
        if (!recorded.full()) {
            due.add(recorded.id(), recorded.expiresAt());
        }
        objects.putIfAbsent(
                page(keys.newest(), recorded.pageId()),
                recorded.id().toString().getBytes(StandardCharsets.US_ASCII),
                "text/plain");
        return recorded;
    }

    private OpenUpload record(OpenUpload proposed) {
        String key = key(proposed.id());
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            if (objects.putIfAbsent(key, JSON.writeValueAsBytes(proposed), "application/json")
                    .isPresent()) {
                return proposed;
            }
            // The record of an earlier delivery, or this one's, whose response was lost. Either is valid.
            Optional<OpenUpload> recorded = find(proposed.id());
            if (recorded.isPresent()) {
                return recorded.get();
            }
            pause.beforeTry(attempt);
        }
        throw new LedgerContentionException(
                "The record " + key + " was created and deleted by others at each of " + TRIES + " attempts");
    }

    @Override
    public Optional<OpenUpload> find(UUID id) {
        return objects.get(key(id)).map(S3OpenUploads::read);
    }

    @Override
    public Optional<OpenUpload> findByPage(String pageId) {
        if (!PageIds.isPageId(pageId)) {
            return Optional.empty();
        }
        Stream<String> hashed = keys.all().stream().map(key -> page(key, pageId));
        return Stream.concat(hashed, Stream.of(pageBeforeHashes(pageId)))
                .flatMap(key -> objects.get(key).stream())
                .findFirst()
                .map(it -> UUID.fromString(new String(it.content(), StandardCharsets.US_ASCII)))
                .flatMap(this::find)
                .filter(it -> it.pageId().equals(pageId));
    }

    @Override
    public OpenUpload change(UUID id, UnaryOperator<OpenUpload> change) {
        String key = key(id);
        byte[] attempted = {};
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            ConditionalObjects.Stored stored =
                    objects.get(key).orElseThrow(() -> new NoSuchElementException("The ledger has no record " + key));
            OpenUpload recorded = read(stored);
            if (Arrays.equals(stored.content(), attempted)) {
                // This worker's own write, whose response was lost.
                return recorded;
            }
            OpenUpload changed = change.apply(recorded);
            if (changed.equals(recorded)) {
                return recorded;
            }
            attempted = JSON.writeValueAsBytes(changed);
            if (objects.putIfMatch(key, attempted, "application/json", stored.eTag())
                    .isPresent()) {
                return changed;
            }
            pause.beforeTry(attempt);
        }
        throw new LedgerContentionException(
                "Other workers changed the record " + key + " at each of " + TRIES + " attempts");
    }

    private static OpenUpload read(ConditionalObjects.Stored stored) {
        OpenUpload upload = JSON.readValue(stored.content(), OpenUpload.class);
        return upload.files().isEmpty()
                ? upload.withFiles(
                        JSON.readValue(stored.content(), EarlierRecord.class).files(upload.createdAt()))
                : upload;
    }

    /**
     * The fields of a record that builds without several files wrote, with the one file of the upload.
     *
     * @param file the file for which the last link was signed, or which was refused
     * @param arrival the file that has arrived, which may have another key
     */
    private record EarlierRecord(@Nullable SignedFile file, OpenUpload.@Nullable Arrival arrival) {

        private record SignedFile(
                String name,
                String key,
                String contentType,
                long contentLength,
                @Nullable Boolean refused) {}

        List<UploadFile> files(Instant createdAt) {
            List<UploadFile> files = new ArrayList<>();
            if (file != null) {
                int number = UploadKeys.number(file.key()).orElse(1);
                UploadFile signed = UploadFile.signed(
                        number, file.name(), file.key(), file.contentType(), file.contentLength(), null, createdAt);
                files.add(Boolean.TRUE.equals(file.refused()) ? signed.asRefused() : signed);
            }
            if (arrival != null) {
                if (file != null && file.key().equals(arrival.key())) {
                    files.set(0, files.getFirst().withArrival(arrival));
                } else {
                    int next = files.isEmpty() ? 1 : files.getFirst().number() + 1;
                    int number = UploadKeys.number(arrival.key()).orElse(next);
                    boolean taken = files.stream().anyMatch(it -> it.number() == number);
                    String name = arrival.fileName() == null ? FileNames.ofKey(arrival.key()) : arrival.fileName();
                    files.add(UploadFile.arrived(taken ? next : number, name, arrival));
                }
            }
            return files;
        }
    }

    private String key(UUID id) {
        return prefix + "uploads/" + id + ".json";
    }

    private String page(Keys.Key key, String pageId) {
        return prefix + "pages/" + HexFormat.of().formatHex(key.hmac(PAGE, pageId.getBytes(StandardCharsets.US_ASCII)));
    }

    private String pageBeforeHashes(String pageId) {
        return prefix + "pages/" + pageId;
    }
}
