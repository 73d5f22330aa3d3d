package dev.attache.ledger.downloads;

import dev.attache.contract.value.Addresses;
import dev.attache.contract.value.ObjectRef;
import dev.attache.ledger.keys.Keys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Hashes by which the ledger finds deliveries: the first 8 bytes of an HMAC-SHA-256. Requests, addresses and object
 * keys can therefore not be read or guessed from the keys of the ledger's objects.
 *
 * <p>The hashes' key is never rotated, because no object would be found under a new one. It is therefore not one of
 * {@code attache.keys.secrets}, and is always stored in the ledger's bucket. The first use of a method may call S3.
 */
public final class DeliveryHashes {

    private final Keys locators;

    /** @param locators contains one key */
    public DeliveryHashes(Keys locators) {
        this.locators = locators;
    }

    /**
     * The key of a delivery.
     *
     * @param source the source of the request
     * @param requestId the id of the request, unique within its source
     * @param address the recipient's address, in any notation
     * @param deliveryId the id of the event {@code link.issued}
     */
    public DeliveryKey key(String source, String requestId, String address, String deliveryId) {
        return new DeliveryKey(request(source, requestId), recipient(source, address), DeliveryKey.uuid(deliveryId));
    }

    /** The hash of a request. */
    public long request(String source, String requestId) {
        return hash("request", source, requestId);
    }

    /** The hash of a recipient of a source. Notations of an address that reach the same mailbox have the same hash. */
    public long recipient(String source, String address) {
        return hash("recipient", source, Addresses.canonical(address));
    }

    /** The hash of an object in the requests of a source: of one version, or of all versions. */
    public long object(String source, ObjectRef object) {
        return object.versionId() == null
                ? hash("object", source, object.bucket(), object.key())
                : hash("object-version", source, object.bucket(), object.key(), object.versionId());
    }

    private long hash(String purpose, String... parts) {
        // The last one: if someone has added a key like to the keys of attache.keys, the first key still counts.
        return ByteBuffer.wrap(locators.all().getLast().hmac("ledger " + purpose, joined(parts)))
                .getLong();
    }

    /** Each part is preceded by its length, so that different lists of parts never give the same bytes. */
    private static byte[] joined(String... parts) {
        byte[][] bytes = Arrays.stream(parts)
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        ByteBuffer joined = ByteBuffer.allocate(
                Arrays.stream(bytes).mapToInt(it -> Integer.BYTES + it.length).sum());
        for (byte[] part : bytes) {
            joined.putInt(part.length).put(part);
        }
        return joined.array();
    }
}
