/** Multipart uploads in S3. */
@NullMarked
package dev.attache.storage.multipart;

import org.jspecify.annotations.NullMarked;
