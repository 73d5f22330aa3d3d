package dev.attache.bench.emulator;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * S3 objects in memory, with conditional writes (Amazon S3 User Guide, "How to prevent object overwrites with
 * conditional writes").
 */
final class ObjectStore {

    /** @param eTag in double quotes */
    record Stored(byte[] content, String eTag, Instant lastModified) {}

    /** The result of a write. */
    enum Outcome {
        WRITTEN(200, ""),
        CONDITION_FAILED(412, "PreconditionFailed"),
        MISSING(404, "NoSuchKey");

        private final int status;

        private final String code;

        Outcome(int status, String code) {
            this.status = status;
            this.code = code;
        }

        int status() {
            return status;
        }

        /** The code of S3's error. */
        String code() {
            return code;
        }
    }

    private final Map<String, Stored> objects = new HashMap<>();

    synchronized Optional<Stored> get(String path) {
        return Optional.ofNullable(objects.get(path));
    }

    /**
     * Writes an object if the condition is met.
     *
     * @param ifNoneMatch whether {@code If-None-Match: *} was sent
     * @param ifMatch the ETag in {@code If-Match}
     */
    synchronized Outcome put(String path, byte[] content, boolean ifNoneMatch, Optional<String> ifMatch) {
        Optional<Stored> present = get(path);
        if (ifNoneMatch && present.isPresent()) {
            return Outcome.CONDITION_FAILED;
        }
        if (ifMatch.isPresent() && present.isEmpty()) {
            return Outcome.MISSING;
        }
        if (ifMatch.isPresent()
                && !unquoted(ifMatch.get()).equals(unquoted(present.get().eTag()))) {
            return Outcome.CONDITION_FAILED;
        }
        objects.put(path, new Stored(content, eTag(content), Instant.now()));
        return Outcome.WRITTEN;
    }

    synchronized void delete(String path) {
        objects.remove(path);
    }

    /** Deletes all objects. The next backlog has other ids, so they are not needed any more. */
    synchronized void clear() {
        objects.clear();
    }

    private static String unquoted(String eTag) {
        return eTag.replace("\"", "");
    }

    /** For an object that is not encrypted and was written in one part, the ETag is the MD5 of the content. */
    static String eTag(byte[] content) {
        try {
            return "\"%032x\""
                    .formatted(
                            new BigInteger(1, MessageDigest.getInstance("MD5").digest(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
