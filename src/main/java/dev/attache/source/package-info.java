/**
 * What each source may do: the folders that it may link to, the types and sizes that it may ask for, lifetimes, and the
 * senders that may speak for it.
 */
@NullMarked
package dev.attache.source;

import org.jspecify.annotations.NullMarked;
