/** What S3Proxy lacks of S3: events for created objects, and conditional writes that hold in a race. */
@NullMarked
package dev.attache.sandbox.s3;

import org.jspecify.annotations.NullMarked;
