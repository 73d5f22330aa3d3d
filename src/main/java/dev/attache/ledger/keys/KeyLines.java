package dev.attache.ledger.keys;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads and writes keys as text, {@code <id>:<secret in base64>}, for the configuration and the ledger's bucket. */
final class KeyLines {

    private KeyLines() {}

    static String write(String id, byte[] secret) {
        return id + ":" + Base64.getEncoder().encodeToString(secret);
    }

    /**
     * Reads keys, the newest first.
     *
     * @param where names the n-th line in errors, from 0
     * @throws IllegalArgumentException if a line is invalid; the message names the line and the fix, and never a secret
     */
    static List<Keys.Key> read(List<String> lines, Where where) {
        List<Keys.Key> keys = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            Keys.Key key = read(lines.get(i).strip(), where.line(i));
            if (!ids.add(key.id())) {
                throw new IllegalArgumentException(
                        "%s has the id '%s', which another key has already; give each key its own id"
                                .formatted(where.line(i), key.id()));
            }
            keys.add(key);
        }
        return keys;
    }

    /** Names a line. */
    @FunctionalInterface
    interface Where {

        String line(int index);
    }

    private static Keys.Key read(String line, String where) {
        int colon = line.indexOf(':');
        if (colon < 0 || !Keys.Key.isId(line.substring(0, colon))) {
            throw new IllegalArgumentException(
                    where + " must be <id>:<secret in base64>, the id of 1 to 32 letters, digits, _ and -,"
                            + " such as 2026-11:$(openssl rand -base64 32)");
        }
        String id = line.substring(0, colon);
        byte[] secret = decoded(line.substring(colon + 1), where, id);
        if (secret.length < Keys.Key.SHORTEST) {
            throw new IllegalArgumentException(
                    "%s ('%s') has a secret of %d bytes, but must have at least %d: create one with %s"
                            .formatted(where, id, secret.length, Keys.Key.SHORTEST, "openssl rand -base64 32"));
        }
        return new Keys.Key(id, secret);
    }

    private static byte[] decoded(String base64, String where, String id) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // The exception has no cause, because its message quotes a character of the secret.
            throw new IllegalArgumentException(
                    "%s ('%s') has a secret that is not base64: create one with openssl rand -base64 32"
                            .formatted(where, id));
        }
    }
}
