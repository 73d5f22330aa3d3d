/** Features of S3 that S3Proxy does not have: events for created objects, and atomic conditional writes. */
@NullMarked
package dev.attache.sandbox.s3;

import org.jspecify.annotations.NullMarked;
