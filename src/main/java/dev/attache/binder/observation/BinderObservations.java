package dev.attache.binder.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Observes what the binder does with messages, in the terms of OpenTelemetry's semantic conventions. The observations
 * are {@code messaging.receive} (a poll), {@code messaging.process} (one attempt to handle a message),
 * {@code messaging.settle} (a message is moved to the dead-letter queue) and {@code messaging.send} (one message).
 *
 * <p>An application that defines a bean of this type decides which registry is used, and how the sender's trace context
 * is found in a message's body. Otherwise the binder uses the application's {@code ObservationRegistry}, and reads the
 * context from the message attribute {@code traceparent} only.
 */
public final class BinderObservations {

    /** Observes nothing, and costs nothing. */
    public static final BinderObservations NONE = new BinderObservations(ObservationRegistry.NOOP, EnvelopeTrace.NONE);

    private final ObservationRegistry registry;

    private final EnvelopeTrace envelopes;

    public BinderObservations(ObservationRegistry registry, EnvelopeTrace envelopes) {
        this.registry = registry;
        this.envelopes = envelopes;
    }

    /** Begins to observe a poll of a queue. */
    public MessageObservation receive(String queue) {
        if (registry.isNoop()) {
            return MessageObservation.NONE;
        }
        Observation observation = start(
                "messaging.receive", "receive", "receive", MessagingSystem.SQS, queue, () -> new ReceiveContext(queue));
        return new MessageObservation(observation, null);
    }

    /**
     * Begins to observe an attempt to handle a message. It is the current observation of this thread until it stops.
     */
    public MessageObservation process(String queue, Message message) {
        return ofMessage("messaging.process", "process", "process", queue, message, Kind.CONSUMER);
    }

    /** Begins to observe how a message is moved to the dead-letter queue; also current until it stops. */
    public MessageObservation deadLetter(String queue, Message message) {
        return ofMessage("messaging.settle", "settle", "dead_letter", queue, message, Kind.CLIENT);
    }

    private MessageObservation ofMessage(
            String name, String type, String operation, String queue, Message message, Kind kind) {
        if (registry.isNoop()) {
            return MessageObservation.NONE;
        }
        Observation observation = start(
                name, type, operation, MessagingSystem.SQS, queue, () -> new ProcessContext(message, kind, envelopes));
        observation.highCardinalityKeyValue(MessagingKey.MESSAGE_ID, message.messageId());
        return new MessageObservation(observation, observation.openScope());
    }

    /**
     * Begins to observe how one message is sent.
     *
     * @param attributes the attributes of the message; the span's trace context is added to them
     * @param traceparent the trace context that the message itself names; null if it names none
     */
    public MessageObservation send(
            MessagingSystem system, String destination, Map<String, String> attributes, @Nullable String traceparent) {
        if (registry.isNoop()) {
            return MessageObservation.NONE;
        }
        Observation observation = start(
                "messaging.send", "send", "send", system, destination, () -> new SendContext(attributes, traceparent));
        return new MessageObservation(observation, null);
    }

    private <C extends Observation.Context> Observation start(
            String name,
            String type,
            String operation,
            MessagingSystem system,
            String destination,
            Supplier<C> context) {
        return Observation.createNotStarted(name, context, registry)
                .contextualName(operation + " " + destination)
                .lowCardinalityKeyValues(KeyValues.of(
                        KeyValue.of(MessagingKey.SYSTEM, system.wireName()),
                        KeyValue.of(MessagingKey.OPERATION_TYPE, type),
                        KeyValue.of(MessagingKey.OPERATION_NAME, operation),
                        KeyValue.of(MessagingKey.DESTINATION, destination)))
                .start();
    }
}
