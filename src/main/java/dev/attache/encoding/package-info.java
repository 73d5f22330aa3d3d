/**
 * Percent-encoding of text for URLs, forms, headers and object metadata, SHA-256 of text, and the characters of a text
 * that people see.
 */
@NullMarked
package dev.attache.encoding;

import org.jspecify.annotations.NullMarked;
