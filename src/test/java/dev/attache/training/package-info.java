/**
 * The training run that {@code infra/aot-cache.sh} makes an ahead-of-time cache of. The build packages it as a jar of
 * its own, which uses nothing but the JDK; it is not part of the worker.
 */
@NullMarked
package dev.attache.training;

import org.jspecify.annotations.NullMarked;
