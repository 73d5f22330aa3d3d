package dev.attache.upload.multipart;

import dev.attache.encoding.Sha256;
import dev.attache.storage.multipart.StoredPart;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** SHA-256 checksums of parts, in base64, and that of all parts together. */
final class PartChecksums {

    private static final int SHA256_BYTES = 32;

    private PartChecksums() {}

    static boolean isSha256(String base64) {
        return decoded(base64).isPresent();
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            // One text for each value: the decoder also accepts missing padding.
            return bytes.length == SHA256_BYTES
                            && Base64.getEncoder().encodeToString(bytes).equals(base64)
                    ? Optional.of(bytes)
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /**
     * The composite checksum, as S3 computes it: the SHA-256 of the parts' hashes in base64, a hyphen, and the number
     * of parts ("Checking object integrity in Amazon S3").
     *
     * @return empty if a part has no SHA-256
     */
    static Optional<String> composite(List<StoredPart> parts) {
        MessageDigest digest = Sha256.digest();
        for (StoredPart part : parts) {
            Optional<byte[]> hash = Optional.ofNullable(part.sha256()).flatMap(PartChecksums::decoded);
            if (hash.isEmpty()) {
                return Optional.empty();
            }
            digest.update(hash.get());
        }
        return Optional.of(Base64.getEncoder().encodeToString(digest.digest()) + "-" + parts.size());
    }
}
