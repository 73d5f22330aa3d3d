/** Meters of what the worker publishes. */
@NullMarked
package dev.attache.metrics;

import org.jspecify.annotations.NullMarked;
