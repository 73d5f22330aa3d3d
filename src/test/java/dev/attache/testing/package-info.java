/** What tests of all packages share: conditions under which they run, and what the build's console shows of them. */
@NullMarked
package dev.attache.testing;

import org.jspecify.annotations.NullMarked;
