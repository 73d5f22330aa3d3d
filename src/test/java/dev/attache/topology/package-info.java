/** The definition of queues, topics and bucket, and the tests that compare other files with it. */
@NullMarked
package dev.attache.topology;

import org.jspecify.annotations.NullMarked;
