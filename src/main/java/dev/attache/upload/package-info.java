/**
 * Uploads: how one is opened, what is checked and announced when its file arrives, and the sweeper that ends those for
 * which none came.
 */
@NullMarked
package dev.attache.upload;

import org.jspecify.annotations.NullMarked;
