/** Percent-encoding of text for URLs, forms, headers and object metadata, and SHA-256 of text. */
@NullMarked
package dev.attache.encoding;

import org.jspecify.annotations.NullMarked;
