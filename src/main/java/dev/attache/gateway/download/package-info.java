/**
 * The page that a download mail links to: it shows the files, and each button leads to a signed link that is valid for
 * minutes.
 */
@NullMarked
package dev.attache.gateway.download;

import org.jspecify.annotations.NullMarked;
