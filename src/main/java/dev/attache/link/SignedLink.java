package dev.attache.link;

import dev.attache.contract.value.Link;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.SignedUrl;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the signer gives: a URL with all that must be sent with it.
 *
 * @param headers every signed header but {@code host}, lower-case names, exactly the values signed
 * @param fields the fields of a POST form, in order; empty for GET and PUT
 * @param expiresAt the honest expiry: no later than that of the credentials that signed it
 */
public record SignedLink(
        String method, SignedUrl url, Map<String, String> headers, Map<String, String> fields, Instant expiresAt) {

    /** Adds what the link is for and which file it is of; the parameters are those of {@link Link}. */
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

    /** The fields of a form are as secret as the query of a URL: they hold the signature and the session's token. */
    @Override
    public String toString() {
        return "SignedLink[" + method + " " + url + ", fields=" + fields.keySet() + ", expiresAt=" + expiresAt + "]";
    }
}
