package dev.attache.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A URL that is a secret: whoever holds it may use it. {@link #toString()} hides the query, so that it can stand in a
 * log, a metric or an exception message. Never re-encode it, for that would break its signature.
 */
public record SignedUrl(@JsonValue String reveal) {

    @JsonCreator
    public SignedUrl {
    }

    @Override
    public String toString() {
        int query = reveal.indexOf('?');
        return query < 0 ? reveal : reveal.substring(0, query) + "?…";
    }
}
