/** Signature Version 4 for GET and PUT URLs and for POST forms. */
@NullMarked
package dev.attache.link.signing;

import org.jspecify.annotations.NullMarked;
