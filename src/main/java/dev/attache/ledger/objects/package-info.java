/** Small S3 objects that are written conditionally, and the pauses between two attempts. */
@NullMarked
package dev.attache.ledger.objects;

import org.jspecify.annotations.NullMarked;
