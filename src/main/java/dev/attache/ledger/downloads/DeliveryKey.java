package dev.attache.ledger.downloads;

import dev.attache.contract.EventIds;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static final Pattern PATH = Pattern.compile("([0-9a-f]{16})/([0-9a-f]{16})-(" + UUID_FORM.pattern() + ")");

    /**
     * Returns the delivery's part of an object's key, {@code <request>/<recipient>-<delivery>}, with both hashes as 16
     * hexadecimal digits. All deliveries of a request are listed under its hash.
     */
    public String path() {
        return HEX.toHexDigits(request) + "/" + HEX.toHexDigits(recipient) + "-" + delivery;
    }

    /** Reads a {@link #path}; empty if the text is none. */
    public static Optional<DeliveryKey> ofPath(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches()
                ? Optional.of(new DeliveryKey(
                        HexFormat.fromHexDigitsToLong(matcher.group(1)),
                        HexFormat.fromHexDigitsToLong(matcher.group(2)),
                        UUID.fromString(matcher.group(3))))
                : Optional.empty();
    }

    /**
     * Returns the id of a delivery as a UUID. The worker's own events have UUIDs as ids; another id may not be usable
     * in an object's key, and is replaced by a UUID.
     */
    public static UUID uuid(String deliveryId) {
        return UUID_FORM.matcher(deliveryId).matches()
                ? UUID.fromString(deliveryId)
                : EventIds.derive("attache", deliveryId, "claim");
    }
}
