package dev.attache.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.attache.ledger.keys.Keys;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.LedgerContentionException;
import dev.attache.ledger.objects.Pause;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Open uploads as JSON objects at {@code uploads/<id>.json} in the ledger's folder, each with a marker in the due
 * index. At {@code pages/<hash of the page's id>} stands the id of the upload that a page belongs to. Keys are seen in
 * access logs, inventories and error messages, and whoever knows a page's id may upload: the hash is keyed with the
 * installation's newest key.
 *
 * <p>Releases before the hash wrote {@code pages/<the page's id>}, and their pages are still open for as long as an
 * upload may take. Where no hash finds a page, it is therefore looked for under its id. The id of a page that has been
 * hashed is not sent to S3 by that, for its hash finds it; an unknown id costs one GET more. Nothing is written under
 * an id any more: once no page of those releases is open, this can go.
 */
final class S3OpenUploads implements OpenUploads {

    private static final int TRIES = 10;

    /** What the keys are used for here. */
    private static final String PAGE = "page";

    /**
     * The ledger's own: its format does not change with the application's. Unknown fields, of a later release, are
     * passed over.
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
        OpenUpload standing = record(proposed);
        // Written on every delivery of the event: the one before may have died between the three.
        if (standing.arrival() == null) {
            due.add(standing.id(), standing.expiresAt());
        }
        objects.putIfAbsent(
                page(keys.newest(), standing.pageId()),
                standing.id().toString().getBytes(StandardCharsets.US_ASCII),
                "text/plain");
        return standing;
    }

    private OpenUpload record(OpenUpload proposed) {
        String key = key(proposed.id());
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            if (objects.putIfAbsent(key, JSON.writeValueAsBytes(proposed), "application/json")
                    .isPresent()) {
                return proposed;
            }
            // An earlier delivery's record, or our own whose answer was lost: either way it is what counts.
            Optional<OpenUpload> standing = find(proposed.id());
            if (standing.isPresent()) {
                return standing.get();
            }
            pause.beforeTry(attempt);
        }
        throw new LedgerContentionException("The record " + key + " came and went " + TRIES + " times");
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
            OpenUpload standing = read(stored);
            if (Arrays.equals(stored.content(), attempted)) {
                // Our own write, whose answer was lost.
                return standing;
            }
            OpenUpload changed = change.apply(standing);
            if (changed.equals(standing)) {
                return standing;
            }
            attempted = JSON.writeValueAsBytes(changed);
            if (objects.putIfMatch(key, attempted, "application/json", stored.eTag())
                    .isPresent()) {
                return changed;
            }
            pause.beforeTry(attempt);
        }
        throw new LedgerContentionException("Others changed the record " + key + " at each of " + TRIES + " tries");
    }

    private static OpenUpload read(ConditionalObjects.Stored stored) {
        return JSON.readValue(stored.content(), OpenUpload.class);
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
