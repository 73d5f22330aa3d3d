/** Objects in S3: looking them up and reading them, and the rules for keys, file names, metadata and encryption. */
@NullMarked
package dev.attache.storage;

import org.jspecify.annotations.NullMarked;
