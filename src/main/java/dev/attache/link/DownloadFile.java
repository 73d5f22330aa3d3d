package dev.attache.link;

import dev.attache.contract.value.ObjectRef;
import dev.attache.storage.StoredObject;
import org.jspecify.annotations.Nullable;

/**
 * An object that a source may link to.
 *
 * @param object the object as it is linked to: without a version if the event names none
 * @param stored the object as S3 describes it
 * @param fileName the name under which a browser saves it
 * @param title the text that names it in a mail; the file name if null
 */
public record DownloadFile(
        ObjectRef object,
        StoredObject stored,
        String fileName,
        @Nullable String title) {

    /** The title, or the file name without one. */
    public String text() {
        return title == null ? fileName : title;
    }

    /** Omits file name and title, which may be personal. */
    @Override
    public String toString() {
        return "DownloadFile[" + object + "]";
    }
}
