/**
 * The API for links: an object, a lifetime and what must be sent with the request go in; a signed link with the time at
 * which it really ends comes out.
 */
@NullMarked
package dev.attache.link;

import org.jspecify.annotations.NullMarked;
