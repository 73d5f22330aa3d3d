/** Tests of the binder. */
@NullMarked
package dev.attache.binder;

import org.jspecify.annotations.NullMarked;
