package dev.attache.link;

import dev.attache.contract.value.Link;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.SignedUrl;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A presigned URL, with the headers or form fields that must be sent to it.
 *
 * @param headers all signed headers except {@code host}, with lower-case names and the signed values
 * @param fields the fields of a POST form in their order; empty for GET and PUT
 * @param expiresAt when S3 starts to refuse the link: no later than the expiry of the credentials that signed it
 */
public record SignedLink(
        String method, SignedUrl url, Map<String, String> headers, Map<String, String> fields, Instant expiresAt) {

    /** Adds the purpose of the link and the file that it opens; the parameters are those of {@link Link}. */
    public Link toLink(
            Link.Rel rel,
            @Nullable String title,
            ObjectRef object,
            @Nullable String fileName,
            @Nullable Long contentLength,
            @Nullable String contentType) {
        return new Link(
                rel, title, method, url, headers, fields, object, fileName, contentLength, contentType, expiresAt);
    }

    /**
     * Leaves the values of the fields out: like the query of the URL, they contain the signature and the session token.
     */
    @Override
    public String toString() {
        return "SignedLink[" + method + " " + url + ", fields=" + fields.keySet() + ", expiresAt=" + expiresAt + "]";
    }
}
