/** The events that come in and go out, as records, with their envelope and their ids. */
@NullMarked
package dev.attache.contract;

import org.jspecify.annotations.NullMarked;
