package dev.attache.link;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of S3 in links.
 *
 * @param address the configured endpoint; null for AWS's own endpoint of the region. The bucket's name is added to its
 *     host, or to its path
 * @param storage the configured endpoint, or AWS's own for the region. Its domain depends on the partition; in most it
 *     is {@code amazonaws.com}
 */
public record LinkEndpoint(@Nullable URI address, URI storage) {}
