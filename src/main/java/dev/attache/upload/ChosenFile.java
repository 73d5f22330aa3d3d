package dev.attache.upload;

import dev.attache.encoding.Sha256;
import dev.attache.ledger.OpenUpload;
import dev.attache.storage.FileNames;
import org.jspecify.annotations.Nullable;

/**
 * A file that a person chose on the upload page.
 *
 * @param name its name on the person's device
 * @param contentType the media type to sign
 * @param size in bytes
 * @param lastModified when it was last changed, in milliseconds since 1970; null if the browser does not say so
 * @param firstPart the SHA-256 of its first 8 MiB in base64; null if the browser cannot compute it
 */
public record ChosenFile(
        String name,
        String contentType,
        long size,
        @Nullable Long lastModified,
        @Nullable String firstPart) {

    /** A file of whose content nothing is known. */
    public ChosenFile(String name, String contentType, long size, @Nullable Long lastModified) {
        this(name, contentType, size, lastModified, null);
    }

    /**
     * The file's id: 32 hexadecimal digits of a hash. It is the same whenever the same file is chosen, also in another
     * tab. It differs from that of a file with the same name and size that was changed at another time, or that begins
     * with another content.
     */
    public String id() {
        String modified = lastModified == null ? "" : Long.toString(lastModified);
        String content = firstPart == null ? "" : firstPart;
        return Sha256.hex(String.join("\n", Long.toString(size), modified, content, name))
                .substring(0, 32);
    }

    /** The name that the object gets: that of the request, else the file's own. */
    String nameIn(OpenUpload upload) {
        String asked = upload.terms().fileName();
        return FileNames.forMetadata(asked != null ? asked : name);
    }

    /** Whether this file is the object that arrived. Objects without an id are compared by name and size. */
    boolean is(OpenUpload.Arrival arrival, OpenUpload upload) {
        if (arrival.fileId() != null) {
            return arrival.fileId().equals(id());
        }
        return arrival.contentLength() == size
                && (arrival.fileName() == null || arrival.fileName().equals(nameIn(upload)));
    }
}
