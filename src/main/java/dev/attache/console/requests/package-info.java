/** The console's pages and API about requests: their story, what operators do about them, and links by hand. */
@NullMarked
package dev.attache.console.requests;

import org.jspecify.annotations.NullMarked;
