package dev.attache.ledger.downloads;

import java.util.HexFormat;
import java.util.UUID;

/**
 * Identifies a delivery, and names its objects in the ledger. Contains nothing personal: the hashes are keyed
 * ({@link DeliveryHashes}).
 *
 * @param request the hash of the request's source and id
 * @param recipient the hash of the request's source and the recipient's address
 * @param delivery the id of the event {@code link.issued}
 */
public record DeliveryKey(long request, long recipient, UUID delivery) {

    private static final HexFormat HEX = HexFormat.of();

    /**
     * Returns the delivery's part of an object's key, {@code <request>/<recipient>-<delivery>}, with both hashes as 16
     * hexadecimal digits. All deliveries of a request are listed under its hash.
     */
    public String path() {
        return HEX.toHexDigits(request) + "/" + HEX.toHexDigits(recipient) + "-" + delivery;
    }
}
