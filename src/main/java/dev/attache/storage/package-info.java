/**
 * The objects in S3: which exist and can be read, how keys and file names are written, and how objects are encrypted.
 */
@NullMarked
package dev.attache.storage;

import org.jspecify.annotations.NullMarked;
