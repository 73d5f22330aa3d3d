package dev.attache.contract.value;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A link with everything that is needed to use it.
 *
 * @param rel the purpose of the link
 * @param title the title in a mail
 * @param method the HTTP method for which it was signed
 * @param url the URL, which must be used unchanged
 * @param headers the headers that must be sent unchanged
 * @param fields the fields of a POST form, in their order; the file must be the last field
 * @param object the object, for which a delayed mail signs a new link; null for a page
 * @param fileName the name under which a download is saved
 * @param contentLength the size in bytes; null if unknown
 * @param contentType the media type; null if unknown
 * @param expiresAt when the link expires
 */
public record Link(
        Rel rel,
        @Nullable String title,
        String method,
        SignedUrl url,
        Map<String, String> headers,
        Map<String, String> fields,
        @Nullable ObjectRef object,
        @Nullable String fileName,
        @Nullable Long contentLength,
        @Nullable String contentType,
        Instant expiresAt) {

    public Link {
        headers = headers == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        fields = fields == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * A link to a download page.
     *
     * @param title the title in a mail: the file's name or title, if there is only one file
     */
    public static Link downloadPage(SignedUrl url, @Nullable String title, Instant expiresAt) {
        return new Link(Rel.DOWNLOAD_PAGE, title, "GET", url, Map.of(), Map.of(), null, null, null, null, expiresAt);
    }

    /** A link to an upload page. */
    public static Link page(SignedUrl url, @Nullable String fileName, Instant expiresAt) {
        return new Link(
                Rel.UPLOAD_PAGE, fileName, "GET", url, Map.of(), Map.of(), null, fileName, null, null, expiresAt);
    }

    /**
     * Omits the values of the fields, which contain the signature and the session token, and titles and names, which
     * may be personal.
     */
    @Override
    public String toString() {
        return "Link[rel=" + rel + ", " + method + " " + url + ", headers=" + headers.keySet() + ", fields="
                + fields.keySet() + ", object=" + object + ", expiresAt=" + expiresAt + "]";
    }

    /** The purpose of a link. */
    public enum Rel {
        /** A GET of the file. */
        @JsonProperty("download")
        DOWNLOAD,
        /** A PUT or POST of the file, for programs. */
        @JsonProperty("upload")
        UPLOAD,
        /** A page on which a person chooses and uploads a file. */
        @JsonProperty("upload-page")
        UPLOAD_PAGE,
        /** A page with a button for each file, which signs a link when it is pressed. */
        @JsonProperty("download-page")
        DOWNLOAD_PAGE
    }
}
