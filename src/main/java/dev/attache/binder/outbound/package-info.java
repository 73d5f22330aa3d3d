/** Publishes the outputs of functions to SNS topics or SQS queues. */
@NullMarked
package dev.attache.binder.outbound;

import org.jspecify.annotations.NullMarked;
