/**
 * A Spring Cloud Stream binder: inputs are SQS queues, outputs are SNS topics or SQS queues. It does not depend on the
 * rest of the application and can be published alone.
 *
 * <p>An application that uses the binder provides these beans:
 *
 * <ul>
 *   <li>{@code SqsAsyncClient}: required. Spring Cloud AWS creates one
 *   <li>{@code SnsAsyncClient}: required if the destination of an output is a topic. Spring Cloud AWS does not create
 *       one, only {@code SnsClient}
 *   <li>{@link dev.attache.binder.failure.FailureClassifier}: optional. By default exceptions of AWS, of the network
 *       and of publishing are known, and any other is unexpected
 *   <li>{@link dev.attache.binder.failure.RejectionListener}: optional. Announces rejected messages
 *   <li>{@link dev.attache.binder.message.RedriveOutcomeListener}: optional. Is told what became of messages that a
 *       task has redriven
 *   <li>{@link dev.attache.binder.message.SenderAttestation}: optional. Preserves the sender of a dead letter
 *   <li>{@link dev.attache.binder.gate.Downstream}: optional, any number. Services whose state decides whether an input
 *       receives messages; {@code needs} of the input names them. A circuit breaker can be one
 *   <li>{@code ObservationRegistry}: optional. Polls and messages are observed with it, for traces;
 *       {@link dev.attache.binder.observation.BinderObservations} instead decides more
 *   <li>{@code MeterRegistry} and {@code Clock}: optional
 * </ul>
 *
 * <p>{@code META-INF/spring.binders} names the binder, and {@code AutoConfiguration.imports} the configuration that it
 * adds to the application's context. No component scan is needed. {@link dev.attache.binder.settings} has the settings.
 */
@NullMarked
package dev.attache.binder;

import org.jspecify.annotations.NullMarked;
