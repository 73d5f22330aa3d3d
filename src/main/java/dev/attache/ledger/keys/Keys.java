package dev.attache.ledger.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret keys of this installation, which all of its workers share. They authenticate data that the worker created,
 * and hash secrets. They come from the configuration ({@code attache.keys.secrets}); without it, a key is created once
 * in the ledger's bucket.
 *
 * <p>The first use may call S3, and throws the exceptions of the SDK; a later attempt calls S3 again. If the stored
 * object does not contain valid keys, {@link KeysUnusableException} is thrown.
 */
public interface Keys {

    /** The key for new hashes and signatures. */
    Key newest();

    /** All keys by which existing hashes and signatures are verified, the newest first. */
    List<Key> all();

    /** The known problem of the keys, with its fix; empty if none is known. Does not call S3. */
    default Optional<String> problem() {
        return Optional.empty();
    }

    /** Creates keys from a list, the newest first. */
    static Keys of(List<Key> keys) {
        List<Key> all = List.copyOf(keys);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("At least one key is required");
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

    /** One key. Its secret cannot be read, and no message contains it. */
    final class Key {

        /** In bytes: the length of the output of HMAC-SHA-256, the minimum that RFC 2104, section 3, recommends. */
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
                        "Key '%s' has %d bytes, but must have at least %d".formatted(id, secret.length, SHORTEST));
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
         * Returns the HMAC-SHA-256 (RFC 2104) of the purpose, a NUL and the message, so that a value for one purpose is
         * not valid for another.
         *
         * @param purpose a constant of the caller
         * @return 32 bytes; compare them with {@link java.security.MessageDigest#isEqual}
         */
        public byte[] hmac(String purpose, byte[] message) {
            if (purpose.isEmpty() || purpose.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("A purpose must not be empty or contain a NUL");
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
