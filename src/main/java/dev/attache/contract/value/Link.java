package dev.attache.contract.value;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A link as its holder uses it.
 *
 * @param rel what it is for
 * @param title what to call it, in a mail
 * @param method the HTTP method it was signed for
 * @param url the URL, to be used exactly as it stands
 * @param headers every header that must be sent with it, exactly so
 * @param fields the fields of a POST form, in order, before the file
 * @param object what it links to, so that a late delivery can sign again; absent for a page
 * @param fileName the name under which a download is saved
 * @param contentLength the size in bytes, where it is known
 * @param contentType the media type, where it is known
 * @param expiresAt when it stops working
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

    /** A link to an upload page. */
    public static Link page(SignedUrl url, @Nullable String fileName, Instant expiresAt) {
        return new Link(
                Rel.UPLOAD_PAGE, fileName, "GET", url, Map.of(), Map.of(), null, fileName, null, null, expiresAt);
    }

    /** The fields of a form hold its signature and the session's token, and a title or a name may be personal. */
    @Override
    public String toString() {
        return "Link[rel=" + rel + ", " + method + " " + url + ", headers=" + headers.keySet() + ", fields="
                + fields.keySet() + ", object=" + object + ", expiresAt=" + expiresAt + "]";
    }

    /** What a link is for. */
    public enum Rel {
        /** A GET of the file. */
        @JsonProperty("download")
        DOWNLOAD,
        /** A PUT or POST of the file, for programs. */
        @JsonProperty("upload")
        UPLOAD,
        /** The page on which a person picks and uploads a file. */
        @JsonProperty("upload-page")
        UPLOAD_PAGE
    }
}
