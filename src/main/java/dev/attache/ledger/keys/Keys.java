package dev.attache.ledger.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret keys of this installation; all of its workers have the same. They authenticate what the worker itself has
 * written or given away, and hash what must not be readable. They come from the configuration
 * ({@code attache.keys.secrets}), or else are created once in the ledger's bucket.
 *
 * <p>To use them may take a call to S3 the first time, and throws what the SDK throws when S3 does not answer:
 * transient, another attempt asks again. {@link KeysUnusableException} when what is stored are no keys.
 */
public interface Keys {

    /** The key to sign with. */
    Key newest();

    /** Every key that still verifies, the newest first. */
    List<Key> all();

    /** What is wrong with the keys, and the fix; empty as far as is known. Asks nobody. */
    default Optional<String> problem() {
        return Optional.empty();
    }

    /** Keys that are known already, the newest first. */
    static Keys of(List<Key> keys) {
        List<Key> all = List.copyOf(keys);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("There must be one key at least");
        }
        return new Keys() {

            @Override
            public Key newest() {
                return all.getFirst();
            }

            @Override
            public List<Key> all() {
                return all;
            }
        };
    }

    /** One key. The secret cannot be read from it, and stands in no message. */
    final class Key {

        /** In bytes: as long as what HMAC-SHA-256 gives (RFC 2104, section 3). */
        static final int SHORTEST = 32;

        private static final String ALGORITHM = "HmacSHA256";

        private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

        private final String id;

        private final SecretKeySpec secret;

        /**
         * @param id 1 to 32 letters, digits, {@code _} and {@code -}; not secret
         * @param secret 32 random bytes or more
         */
        public Key(String id, byte[] secret) {
            if (!isId(id)) {
                throw new IllegalArgumentException("A key's id must be 1 to 32 letters, digits, _ and -");
            }
            if (secret.length < SHORTEST) {
                throw new IllegalArgumentException(
                        "Key '%s' has %d bytes, but must have %d at least".formatted(id, secret.length, SHORTEST));
            }
            this.id = id;
            this.secret = new SecretKeySpec(secret, ALGORITHM);
        }

        static boolean isId(String text) {
            return ID.matcher(text).matches();
        }

        public String id() {
            return id;
        }

        /**
         * HMAC-SHA-256 (RFC 2104) of the purpose, a NUL and the message: what was made for one purpose is of no use for
         * another.
         *
         * @param purpose a fixed word of the code that calls
         * @return 32 bytes; compare them with {@link java.security.MessageDigest#isEqual}
         */
        public byte[] hmac(String purpose, byte[] message) {
            if (purpose.isEmpty() || purpose.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("A purpose must not be empty, nor hold a NUL");
            }
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(secret);
                mac.update(purpose.getBytes(StandardCharsets.UTF_8));
                mac.update((byte) 0);
                return mac.doFinal(message);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has HmacSHA256", e);
            }
        }

        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }
}
