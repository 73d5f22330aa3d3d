package dev.attache.contract.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A URL that is a secret, because anyone can use it. {@link #toString()} hides the query, the id of an upload page and
 * the token of a download page, and so can be used in logs, metrics and error messages. The URL must not be re-encoded,
 * because that would break its signature.
 */
public record SignedUrl(@JsonValue String reveal) {

    /** The most characters of a URL in the contract. */
    public static final int MAX_LENGTH = 8192;

    private static final Pattern PAGE = Pattern.compile("(" + PagePaths.UPLOAD + "[0-9A-Fa-f]{32}|" + PagePaths.DOWNLOAD
            + "[0-9A-Za-z_-]{" + PagePaths.TOKEN_LENGTH + "})(?=/|$)");

    @JsonCreator
    public SignedUrl {}

    @Override
    public String toString() {
        int query = reveal.indexOf('?');
        String address = PAGE.matcher(query < 0 ? reveal : reveal.substring(0, query))
                .replaceAll(page -> page.group().substring(0, PagePaths.UPLOAD.length()) + "…");
        return query < 0 ? address : address + "?…";
    }
}
