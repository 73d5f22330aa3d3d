/**
 * What each source of events may do: the key prefixes that it may link to, the types and sizes of uploads, the lifetime
 * of links, and the senders that may send its events.
 */
@NullMarked
package dev.attache.source;

import org.jspecify.annotations.NullMarked;
