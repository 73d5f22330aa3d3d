package dev.attache.delivery;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.ObjectNotification;
import dev.attache.contract.value.Recipient;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the same event from every message. */
record SingleEventCodec(LinkIssued issued) implements EventCodec {

    @Override
    public <T> CloudEvent<T> read(byte[] body, EventType<T> expected) {
        return new CloudEvent<>(
                Samples.ID,
                "crm",
                expected,
                Samples.ISSUED,
                null,
                null,
                expected.dataType().cast(issued));
    }

    @Override
    public CloudEvent<?> read(byte[] body, List<? extends EventType<?>> accepted) {
        return read(body, accepted.getFirst());
    }

    @Override
    public ObjectNotification readObjectsCreated(byte[] body) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Recipient readRecipient(String line, long number) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] write(CloudEvent<?> event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Origin> originOf(byte[] body) {
        return Optional.empty();
    }

    @Override
    public @Nullable String traceparentOf(byte[] body) {
        return null;
    }
}
