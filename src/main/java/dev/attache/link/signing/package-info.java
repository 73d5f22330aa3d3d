/** Presigns GET and PUT URLs and POST forms with Signature Version 4. */
@NullMarked
package dev.attache.link.signing;

import org.jspecify.annotations.NullMarked;
