package dev.attache.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Derives ids from events: version 5 UUIDs (RFC 9562). A redelivered event gives the same ids, so consumers can drop
 * duplicates.
 */
public final class EventIds {

    private static final UUID NAMESPACE = UUID.fromString("6d1f3a0e-8f0c-5b53-9c8e-2c8f6a3d41b7");

    private EventIds() {}

    /** Derives an id for this purpose from an event's source and id. */
    public static UUID derive(String source, String id, String... purpose) {
        MessageDigest sha1 = sha1();
        sha1.update(ByteBuffer.allocate(16)
                .putLong(NAMESPACE.getMostSignificantBits())
                .putLong(NAMESPACE.getLeastSignificantBits())
                .array());
        update(sha1, source);
        update(sha1, id);
        for (String part : purpose) {
            update(sha1, part);
        }
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest());
        long high = (hash.getLong() & ~0xF000L) | 0x5000L;
        long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** Each part is preceded by its length, so that different lists of parts never give the same bytes. */
    private static void update(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
