package dev.attache.ledger.keys;

import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.LedgerContentionException;
import dev.attache.ledger.objects.Pause;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys in one object of the ledger's bucket, one per line as in {@link KeyLines}, the newest first. The first worker
 * that needs a key creates the object with {@code If-None-Match: *}; if several workers try, one succeeds, and all read
 * its object. The keys are read at their first use and cached until the worker stops. A failure is not cached.
 */
final class StoredKeys implements Keys {

    private static final Logger log = LoggerFactory.getLogger(StoredKeys.class);

    private static final int TRIES = 8;

    private final ConditionalObjects objects;

    private final String key;

    /** What an operator has to do if the object cannot be read. */
    private final String repair;

    private final RandomGenerator random;

    private final Pause pause;

    private final Lock asking = new ReentrantLock();

    private volatile @Nullable Keys known;

    private volatile @Nullable KeysUnusableException problem;

    private StoredKeys(ConditionalObjects objects, String key, String repair, RandomGenerator random, Pause pause) {
        this.objects = objects;
        this.key = key;
        this.repair = repair;
        this.random = random;
        this.pause = pause;
    }

    /**
     * The keys of the installation, at {@code keys} in their folder.
     *
     * @param random must be a {@link java.security.SecureRandom}
     */
    static StoredKeys of(ConditionalObjects objects, String prefix, RandomGenerator random, Pause pause) {
        return new StoredKeys(
                objects, prefix + "keys", "Restore the object, or set attache.keys.secrets", random, pause);
    }

    /**
     * The key that is never rotated, at {@code locator} in the same folder.
     *
     * @param random must be a {@link java.security.SecureRandom}
     */
    static StoredKeys locator(ConditionalObjects objects, String prefix, RandomGenerator random, Pause pause) {
        return new StoredKeys(objects, prefix + "locator", "Restore the object", random, pause);
    }

    @Override
    public Key newest() {
        return known().newest();
    }

    @Override
    public List<Key> all() {
        return known().all();
    }

    @Override
    public Optional<String> problem() {
        return Optional.ofNullable(problem).map(KeysUnusableException::getMessage);
    }

    private Keys known() {
        Keys keys = known;
        if (keys != null) {
            return keys;
        }
        asking.lock();
        try {
            keys = known;
            if (keys == null) {
                keys = read();
                known = keys;
                repaired();
            }
            return keys;
        } finally {
            asking.unlock();
        }
    }

    private Keys read() {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Optional<ConditionalObjects.Stored> stored = objects.get(key);
            if (stored.isPresent()) {
                return parsed(stored.get().content());
            }
            if (attempt > 1) {
                pause.beforeTry(attempt);
            }
            // The next attempt reads the object: another worker may have created it, or the response was lost.
            create();
        }
        throw new LedgerContentionException(
                "The keys at " + key + " were created and deleted by others at each of " + TRIES + " attempts");
    }

    private void create() {
        byte[] id = new byte[4];
        byte[] secret = new byte[Key.SHORTEST];
        random.nextBytes(id);
        random.nextBytes(secret);
        String name = HexFormat.of().formatHex(id);
        byte[] content = (KeyLines.write(name, secret) + "\n").getBytes(StandardCharsets.US_ASCII);
        if (objects.putIfAbsent(key, content, "text/plain").isPresent()) {
            log.info("Created a key of this installation, {}, in {}; it must neither expire nor be deleted", name, key);
        }
    }

    private Keys parsed(byte[] content) {
        List<String> lines = new String(content, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        try {
            return Keys.of(KeyLines.read(lines, index -> "line " + (index + 1)));
        } catch (IllegalArgumentException malformed) {
            throw unusable("The keys of this installation cannot be read from " + key + " in the ledger's bucket, "
                    + "which must contain one <id>:<secret in base64> per line: " + malformed.getMessage()
                    + ". " + repair);
        }
    }

    /** Logged once only, because every use of a key fails. */
    private KeysUnusableException unusable(String message) {
        KeysUnusableException unusable = new KeysUnusableException(message);
        if (problem == null) {
            log.error("ALARM {}. Messages that need them are kept", message);
        }
        problem = unusable;
        return unusable;
    }

    private void repaired() {
        if (problem != null) {
            log.info("The keys of this installation can be read again");
            problem = null;
        }
    }
}
