package dev.attache.gateway.download;

import org.jspecify.annotations.Nullable;

/**
 * Who reads a page.
 *
 * @param token the genuine token in the page's address; empty if there is none
 * @param acceptLanguage the browser's {@code Accept-Language}
 * @param userAgent the browser's {@code User-Agent}
 */
record PageReader(
        String token,
        @Nullable String acceptLanguage,
        @Nullable String userAgent) {

    /** Omits the token, which is a secret. */
    @Override
    public String toString() {
        return "PageReader[acceptLanguage=" + acceptLanguage + "]";
    }
}
