/** Sends links by mail: renews links that expire soon, claims each mail so that it is sent once, and sends it. */
@NullMarked
package dev.attache.delivery;

import org.jspecify.annotations.NullMarked;
