/**
 * As much of SQS, SNS, S3 and SMTP as the measured programs call, in memory and fast enough not to be what is measured.
 * It counts calls at its door, and makes the messages of a backlog when they are received, so that a million of them
 * need no room.
 */
package dev.attache.bench.emulator;
