/**
 * A Spring Cloud Stream binder: its inputs are SQS queues, its outputs SNS topics or SQS queues. It knows nothing of
 * this application and could be published alone.
 *
 * <p>An application gives it beans of {@link dev.attache.binder.failure.FailureClassifier},
 * {@link dev.attache.binder.failure.RejectionListener}, {@link dev.attache.binder.message.SenderAttestation} and
 * {@link dev.attache.binder.gate.Downstream} where the defaults are not enough.
 */
@NullMarked
package dev.attache.binder;

import org.jspecify.annotations.NullMarked;
