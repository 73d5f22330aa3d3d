/** What all pages of the operators' console share: who acts, layout, settings. */
@NullMarked
package dev.attache.console;

import org.jspecify.annotations.NullMarked;
