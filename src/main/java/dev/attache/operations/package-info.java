/** Actuator endpoints with their security, and checks at start. */
@NullMarked
package dev.attache.operations;

import org.jspecify.annotations.NullMarked;
