/** Which parts of the application a process runs: {@code attache.roles}. */
@NullMarked
package dev.attache.role;

import org.jspecify.annotations.NullMarked;
