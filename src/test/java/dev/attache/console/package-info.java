/** Tests of the operators' console, and what tests of its pages use to sign in. */
@NullMarked
package dev.attache.console;

import org.jspecify.annotations.NullMarked;
