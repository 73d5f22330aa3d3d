/** The binder's meters. They are looked up once and kept, because a message passes several of them. */
@NullMarked
package dev.attache.binder.metrics;

import org.jspecify.annotations.NullMarked;
