/** The values that events are made of, and the codes with which an event is rejected. */
@NullMarked
package dev.attache.contract.value;

import org.jspecify.annotations.NullMarked;
