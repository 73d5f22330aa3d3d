package dev.attache.link;

import dev.attache.contract.value.SignedUrl;
import java.time.Instant;
import java.util.Map;

/**
 * What the signer gives: a URL with all that must be sent with it.
 *
 * @param headers every signed header but {@code host}, lower-case names, exactly the values signed
 * @param fields the fields of a POST form, in order; empty for GET and PUT
 * @param expiresAt the honest expiry: no later than that of the credentials that signed it
 */
public record SignedLink(
        String method, SignedUrl url, Map<String, String> headers, Map<String, String> fields, Instant expiresAt) {

    /** The fields of a form are as secret as the query of a URL: they hold the signature and the session's token. */
    @Override
    public String toString() {
        return "SignedLink[" + method + " " + url + ", fields=" + fields.keySet() + ", expiresAt=" + expiresAt + "]";
    }
}
