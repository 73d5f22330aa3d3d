package dev.attache.intake;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcePolicy;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.messaging.Message;

/**
 * Receives events of several types from one queue, and passes each to the handler of its type. An event of another type
 * is rejected as {@code UNKNOWN_TYPE}, and one of a source or sender that is not allowed as {@code SOURCE_NOT_ALLOWED}.
 */
public final class EventRouter implements Function<Message<byte[]>, Iterable<Message<byte[]>>> {

    private final EventCodec codec;

    private final SourcePolicies policies;

    private final List<Route<?>> routes;

    private final List<EventType<?>> accepted;

    /** @param routes one for each type, at least one */
    EventRouter(EventCodec codec, SourcePolicies policies, List<Route<?>> routes) {
        this.codec = codec;
        this.policies = policies;
        this.routes = List.copyOf(routes);
        this.accepted = this.routes.stream().<EventType<?>>map(Route::type).toList();
    }

    /**
     * A type of events.
     *
     * @param handler returns the messages to publish for an event, given the policy of its source
     */
    record Route<T>(
            EventType<T> type, BiFunction<CloudEvent<T>, SourcePolicy, ? extends Iterable<Message<byte[]>>> handler) {

        private Iterable<Message<byte[]>> handle(CloudEvent<?> event, SourcePolicy policy) {
            return handler.apply(event.as(type), policy);
        }
    }

    /** The types of events that the queue accepts. */
    List<EventType<?>> types() {
        return accepted;
    }

    @Override
    public Iterable<Message<byte[]>> apply(Message<byte[]> message) {
        CloudEvent<?> event = codec.read(message.getPayload(), accepted);
        SourcePolicy policy = policies.require(event.source(), InboundHeaders.senderId(message));
        return routes.stream()
                .filter(route -> route.type().equals(event.type()))
                .findFirst()
                .orElseThrow()
                .handle(event, policy);
    }
}
