/**
 * What operators look at: queues and their dead letters.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"contract", "binder"})
package dev.attache.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
