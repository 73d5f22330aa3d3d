/** Percent-encoding of text for URLs, forms, headers and object metadata. */
@NullMarked
package dev.attache.encoding;

import org.jspecify.annotations.NullMarked;
