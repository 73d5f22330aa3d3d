/**
 * Delivers links by mail: renews links that are about to expire, claims each mail so that it is sent once, and sends
 * it.
 */
@NullMarked
package dev.attache.delivery;

import org.jspecify.annotations.NullMarked;
