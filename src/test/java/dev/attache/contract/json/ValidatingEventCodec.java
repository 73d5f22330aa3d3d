package dev.attache.contract.json;

import com.networknt.schema.Error;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.ObjectNotification;
import dev.attache.contract.value.Recipient;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Validates every event that is written against its JSON Schema. Production does not, so every test that publishes
 * events uses this codec: unit tests construct one, and {@link ValidatingEventCodecInitializer} puts one into each
 * application that a test starts. {@link NoContractViolations} fails the test.
 */
public final class ValidatingEventCodec implements EventCodec {

    private static final Schemas SCHEMAS = new Schemas();

    private final EventCodec codec;

    public ValidatingEventCodec() {
        this(new JsonEventCodec(DataSize.ofKilobytes(256)));
    }

    ValidatingEventCodec(EventCodec codec) {
        this.codec = codec;
    }

    /**
     * @throws IllegalStateException when the event violates its schema; the message names the fields, not their values
     */
    @Override
    public byte[] write(CloudEvent<?> event) {
        byte[] written = codec.write(event);
        List<Error> errors = SCHEMAS.validate(event.type().schema(), EventFixtures.MAPPER.readTree(written));
        if (!errors.isEmpty()) {
            String violation = "The event " + event.type().name() + " violates "
                    + event.type().schema() + ": " + Violations.describe(errors);
            NoContractViolations.add(violation);
            throw new IllegalStateException(violation);
        }
        return written;
    }

    @Override
    public <T> CloudEvent<T> read(byte[] body, EventType<T> expected) {
        return codec.read(body, expected);
    }

    @Override
    public CloudEvent<?> read(byte[] body, List<? extends EventType<?>> accepted) {
        return codec.read(body, accepted);
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
    public Optional<Origin> originOf(byte[] body) {
        return codec.originOf(body);
    }

    @Override
    public @Nullable String traceparentOf(byte[] body) {
        return codec.traceparentOf(body);
    }
}
