/** Malformed and hostile messages, recipient lists and visitors: the worker handles the others all the same. */
@NullMarked
package dev.attache.reliability.hostile;

import org.jspecify.annotations.NullMarked;
