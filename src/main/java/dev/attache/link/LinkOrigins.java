package dev.attache.link;

import java.util.List;

/**
 * The origins of all links that this worker signs, for the Content Security Policy of pages: scheme, host and, unless
 * it is the default of the scheme, port of each bucket's address.
 *
 * @param origins without duplicates, sorted
 */
public record LinkOrigins(List<String> origins) {

    public LinkOrigins {
        origins = List.copyOf(origins);
    }
}
