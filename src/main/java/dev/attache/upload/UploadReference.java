package dev.attache.upload;

import dev.attache.encoding.Sha256;
import dev.attache.ledger.OpenUpload;

/**
 * The reference of an upload, such as {@code 7K3M-9QXT}, by which a person and the asker can name it to each other. It
 * is the same on the page and in all mails, is no secret, and opens nothing. It is derived from the upload's id, which
 * is itself derived from the request and the recipient. Its alphabet has no letters that are easily confused
 * (Crockford's base 32).
 */
public final class UploadReference {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int GROUP = 4;

    private static final int LENGTH = 2 * GROUP;

    private static final int BITS = 5;

    private UploadReference() {}

    public static String of(OpenUpload upload) {
        byte[] hash = Sha256.of("upload reference " + upload.id());
        StringBuilder reference = new StringBuilder(LENGTH + 1);
        for (int i = 0; i < LENGTH; i++) {
            if (i == GROUP) {
                reference.append('-');
            }
            reference.append(ALPHABET.charAt(hash[i] & ((1 << BITS) - 1)));
        }
        return reference.toString();
    }
}
