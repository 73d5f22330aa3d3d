package dev.attache.link;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * Where links lead to.
 *
 * @param address the host that they are signed for, before or after the bucket's name; AWS's own for the region when
 *                absent
 */
public record LinkEndpoint(@Nullable URI address) {
}
