/** Malformed and hostile messages, very large recipient lists, and floods of requests to the pages. */
@NullMarked
package dev.attache.reliability.hostile;

import org.jspecify.annotations.NullMarked;
