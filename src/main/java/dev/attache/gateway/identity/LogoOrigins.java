package dev.attache.gateway.identity;

import dev.attache.gateway.PageOrigins;
import java.net.URI;
import java.util.Collection;
import java.util.List;

/** The origins of all sources' logos, for the Content Security Policy of pages. */
public record LogoOrigins(List<String> origins) {

    static LogoOrigins of(Collection<URI> logos) {
        return new LogoOrigins(
                logos.stream().map(PageOrigins::of).distinct().sorted().toList());
    }
}
