package dev.attache.ledger.downloads;

import dev.attache.encoding.Sha256;
import dev.attache.ledger.keys.Keys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes and reads the tokens in the addresses of download pages. A token is a secret: who knows it can download.
 *
 * <p>It has 50 bytes: the hashes of the request and of the recipient (8 bytes each), the delivery's id (16), the first
 * byte of the SHA-256 of the key's id, the generation (1), and a MAC of all these (16 bytes of an HMAC-SHA-256). The
 * text is their base64url without padding, 67 characters. Ids of deliveries can be derived, so only the MAC makes a
 * token unguessable.
 */
public final class PageTokens {

    /** The length of a token, in characters. */
    public static final int LENGTH = 67;

    /** The largest generation. */
    public static final int LAST_GENERATION = 255;

    /** The purpose of the MAC, which is part of its input. */
    private static final String PURPOSE = "download-page";

    private static final int MAC_LENGTH = 16;

    private static final int SIGNED_LENGTH = 34;

    private static final int TAG_AT = 32;

    private final Keys keys;

    public PageTokens(Keys keys) {
        this.keys = keys;
    }

    /**
     * Returns the token of a delivery's page, signed with the newest key.
     *
     * @param generation 0 to {@value #LAST_GENERATION}
     */
    public String token(DeliveryKey key, int generation) {
        if (generation < 0 || generation > LAST_GENERATION) {
            throw new IllegalArgumentException(
                    "The generation is %d, but must be 0 to %d".formatted(generation, LAST_GENERATION));
        }
        Keys.Key newest = keys.newest();
        byte[] signed = ByteBuffer.allocate(SIGNED_LENGTH)
                .putLong(key.request())
                .putLong(key.recipient())
                .putLong(key.delivery().getMostSignificantBits())
                .putLong(key.delivery().getLeastSignificantBits())
                .put(tag(newest))
                .put((byte) generation)
                .array();
        return encoded(ByteBuffer.allocate(SIGNED_LENGTH + MAC_LENGTH)
                .put(signed)
                .put(mac(newest, signed))
                .array());
    }

    /**
     * Returns the content of a token; empty if it was not signed with one of the keys, or is written in another way.
     */
    public Optional<PageToken> read(String text) {
        return decoded(text).filter(this::isGenuine).map(PageTokens::content);
    }

    private boolean isGenuine(byte[] token) {
        byte[] signed = Arrays.copyOf(token, SIGNED_LENGTH);
        byte[] mac = Arrays.copyOfRange(token, SIGNED_LENGTH, token.length);
        return keys.all().stream()
                .filter(key -> tag(key) == token[TAG_AT])
                .anyMatch(key -> MessageDigest.isEqual(mac(key, signed), mac));
    }

    private static PageToken content(byte[] token) {
        ByteBuffer bytes = ByteBuffer.wrap(token);
        DeliveryKey key = new DeliveryKey(bytes.getLong(), bytes.getLong(), new UUID(bytes.getLong(), bytes.getLong()));
        return new PageToken(key, Byte.toUnsignedInt(token[TAG_AT + 1]));
    }

    /** Java's decoder ignores the unused bits of the last character; so a token must re-encode to itself. */
    private static Optional<byte[]> decoded(String text) {
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        try {
            byte[] token = Base64.getUrlDecoder().decode(text);
            return Optional.of(token).filter(it -> encoded(it).equals(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String encoded(byte[] token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    private static byte tag(Keys.Key key) {
        return Sha256.digest().digest(key.id().getBytes(StandardCharsets.US_ASCII))[0];
    }

    private static byte[] mac(Keys.Key key, byte[] signed) {
        return Arrays.copyOf(key.hmac(PURPOSE, signed), MAC_LENGTH);
    }
}
