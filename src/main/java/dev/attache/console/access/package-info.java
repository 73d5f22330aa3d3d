/** Who may use the operators' console: sign-in, sessions, roles, and limits for wrong passwords. */
@NullMarked
package dev.attache.console.access;

import org.jspecify.annotations.NullMarked;
