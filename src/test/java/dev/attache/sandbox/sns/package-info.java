/** The part of SNS that publishers to SQS queues use: the Query protocol, filter policies and delivery. */
@NullMarked
package dev.attache.sandbox.sns;

import org.jspecify.annotations.NullMarked;
