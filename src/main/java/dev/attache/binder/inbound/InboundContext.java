package dev.attache.binder.inbound;

import dev.attache.binder.failure.DeadLetterAttributes;
import dev.attache.binder.failure.FailureClassifier;
import dev.attache.binder.failure.MessageMetrics;
import dev.attache.binder.failure.RejectionListener;
import dev.attache.binder.message.RedriveOutcomes;
import dev.attache.binder.message.SenderStatements;
import dev.attache.binder.metrics.BinderMeters;
import dev.attache.binder.observation.BinderObservations;
import java.time.Clock;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * What all inputs of a binder share.
 *
 * @param classifier decides why an attempt failed
 * @param listener announces rejected messages
 * @param outcomes what became of redriven messages
 * @param statements who sent a redriven message
 * @param deadLetterAttributes the attributes that are added to a dead letter
 * @param metrics counts the outcomes of messages
 * @param meters the other meters
 * @param observations what is observed of polls and messages, for traces
 * @param deadline the deadline of all inputs when the application stops
 * @param clock measures how long messages are in flight; {@link MonotonicClock}
 */
public record InboundContext(
        SqsAsyncClient sqs,
        FailureClassifier classifier,
        RejectionListener listener,
        RedriveOutcomes outcomes,
        SenderStatements statements,
        DeadLetterAttributes deadLetterAttributes,
        MessageMetrics metrics,
        BinderMeters meters,
        BinderObservations observations,
        DrainDeadline deadline,
        Clock clock) {

    /** The same context for an input with a listener of its own. */
    public InboundContext withListener(RejectionListener other) {
        return new InboundContext(
                sqs,
                classifier,
                other,
                outcomes,
                statements,
                deadLetterAttributes,
                metrics,
                meters,
                observations,
                deadline,
                clock);
    }
}
