package dev.attache.link;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where links lead to.
 *
 * @param address the host that they are signed for, before or after the bucket's name; AWS's own for the region when
 *     absent
 * @param storage the same host, or AWS's own for the region: in its partition's domain, which is {@code amazonaws.com}
 *     in most
 */
public record LinkEndpoint(@Nullable URI address, URI storage) {}
