/** The run that an ahead-of-time cache is made of. Nothing of it is loaded when the worker runs. */
@NullMarked
package dev.attache.training;

import org.jspecify.annotations.NullMarked;
