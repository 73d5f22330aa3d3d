/**
 * An AWS and a mailbox to try the worker out and for tests: SQS, S3, SNS, SMTP and IMAP in one JVM, the topology, and
 * pages that show queues and mails. It is not part of the packaged worker.
 */
@NullMarked
package dev.attache.sandbox;

import org.jspecify.annotations.NullMarked;
