/**
 * An AWS and a mailbox for newcomers and for tests: SQS, S3, SNS, SMTP and IMAP in one JVM, the topology in them, and
 * the pages that show what happens. Nothing of it is in the packaged worker.
 */
@NullMarked
package dev.attache.sandbox;

import org.jspecify.annotations.NullMarked;
