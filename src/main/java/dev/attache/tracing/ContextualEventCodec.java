package dev.attache.tracing;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.ObjectNotification;
import dev.attache.contract.value.Recipient;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds the request of each event that is read to the {@link EventContext}. */
public record ContextualEventCodec(EventCodec codec) implements EventCodec {

    @Override
    public <T> CloudEvent<T> read(byte[] body, EventType<T> expected) {
        CloudEvent<T> event = codec.read(body, expected);
        EventContext.of(event);
        return event;
    }

    @Override
    public CloudEvent<?> read(byte[] body, List<? extends EventType<?>> accepted) {
        CloudEvent<?> event = codec.read(body, accepted);
        EventContext.of(event);
        return event;
    }

    @Override
    public ObjectNotification readObjectsCreated(byte[] body) {
        return codec.readObjectsCreated(body);
    }

    @Override
    public Recipient readRecipient(String line, long number) {
        return codec.readRecipient(line, number);
    }

    @Override
    public byte[] write(CloudEvent<?> event) {
        return codec.write(event);
    }

    @Override
    public Optional<Origin> originOf(byte[] body) {
        return codec.originOf(body);
    }

    @Override
    public @Nullable String traceparentOf(byte[] body) {
        return codec.traceparentOf(body);
    }
}
