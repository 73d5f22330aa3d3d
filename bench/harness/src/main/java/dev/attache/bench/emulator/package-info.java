/**
 * The part of SQS, SNS, S3 and SMTP that the measured programs use, in memory, and faster than they are. It counts
 * calls, and creates the messages of a backlog when they are received, so that a million of them need no memory.
 */
package dev.attache.bench.emulator;
