package dev.attache.contract.json;

import com.networknt.schema.Error;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.ObjectNotification;
import dev.attache.contract.value.Addresses;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The codec for structured JSON. A body is parsed once; the tree is validated and converted to the record. Thread-safe.
 * The constructor compiles the schemas, so create only one instance.
 */
public final class JsonEventCodec implements EventCodec {

    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}\\u0080-\\u009F\\u2028\\u2029]{1,256}");

    private static final Set<String> OF_OURS = Set.of(EventType.LINK_ISSUED.name(), EventType.AUDIENCE_PART.name());

    private final StrictJson json;
    private final JsonMapper mapper;
    private final Schemas schemas = new Schemas();
    private final EnvelopeUnwrapper wrapping;
    private final StructuredMode structured;
    private final S3Notifications notifications = new S3Notifications(schemas);

    /** @param maxSize the largest body that is parsed */
    public JsonEventCodec(DataSize maxSize) {
        this.json = new StrictJson(Math.toIntExact(maxSize.toBytes()));
        this.mapper = json.mapper();
        this.wrapping = new EnvelopeUnwrapper(json);
        this.structured = new StructuredMode(json);
    }

    @Override
    public <T> CloudEvent<T> read(byte[] body, EventType<T> expected) {
        ObjectNode envelope = structured.attributes(wrapping.open(body));
        if (!isOfType(envelope, expected)) {
            throw new RejectedException(
                    RejectionCode.UNKNOWN_TYPE,
                    "$.type must be " + expected.name() + ", the only type that this queue accepts");
        }
        return validated(envelope, expected);
    }

    @Override
    public CloudEvent<?> read(byte[] body, List<? extends EventType<?>> accepted) {
        ObjectNode envelope = structured.attributes(wrapping.open(body));
        EventType<?> type = accepted.stream()
                .filter(candidate -> isOfType(envelope, candidate))
                .findFirst()
                .orElseThrow(() -> new RejectedException(
                        RejectionCode.UNKNOWN_TYPE,
                        "$.type must be one of the types that this queue accepts: "
                                + accepted.stream().map(EventType::name).collect(Collectors.joining(", "))));
        return validated(envelope, type);
    }

    private static boolean isOfType(ObjectNode envelope, EventType<?> type) {
        return envelope.path("type").asString("").equals(type.name());
    }

    private <T> CloudEvent<T> validated(ObjectNode envelope, EventType<T> expected) {
        List<Error> errors = schemas.validate(expected.schema(), structured.withData(envelope));
        if (!errors.isEmpty()) {
            throw Violations.rejection(errors);
        }
        CloudEvent<T> event = convert(envelope, expected);
        MailableData.require(event.data());
        return event;
    }

    @Override
    public ObjectNotification readObjectsCreated(byte[] body) {
        return notifications.read(wrapping.openUpToEventBridge(body));
    }

    @Override
    public Recipient readRecipient(String line, long number) {
        String entry = line.strip();
        String where = "line " + number + " of the recipient list";
        Recipient recipient;
        if (entry.startsWith("{")) {
            ObjectNode object = json.parse(entry, where);
            List<Error> errors = schemas.validate(Schemas.RECIPIENT, object);
            if (!errors.isEmpty()) {
                throw new RejectedException(
                        RejectionCode.CONTRACT_VIOLATION, where + ": " + Violations.describe(errors));
            }
            recipient = new Recipient(
                    object.get("address").stringValue(),
                    text(object, "name"),
                    text(object, "locale"),
                    text(object, "timeZone"));
        } else {
            boolean quoted = entry.length() > 1 && entry.startsWith("\"") && entry.endsWith("\"");
            recipient = new Recipient(quoted ? entry.substring(1, entry.length() - 1) : entry);
        }
        Addresses.requireMailable(recipient, where);
        return recipient;
    }

    @Override
    public byte[] write(CloudEvent<?> event) {
        ObjectNode envelope = mapper.createObjectNode()
                .put("specversion", "1.0")
                .put("id", event.id())
                .put("source", event.source())
                .put("type", event.type().name());
        putIfPresent(
                envelope, "time", event.time() == null ? null : event.time().toString());
        putIfPresent(envelope, "subject", event.subject());
        putIfPresent(envelope, "traceparent", event.traceparent());
        envelope.set("data", mapper.valueToTree(event.data()));
        return SqsText.escaped(mapper.writeValueAsString(envelope)).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Origin> originOf(byte[] body) {
        try {
            ObjectNode envelope = wrapping.open(body);
            String source = envelope.path("source").asString("");
            String id = envelope.path("id").asString("");
            return LINE.matcher(source).matches() && LINE.matcher(id).matches()
                    ? Optional.of(new Origin(source, id, requestIdOf(envelope, id)))
                    : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The worker's own events have ids that upstream does not know, but contain the id of the request. */
    private String requestIdOf(ObjectNode envelope, String id) {
        if (!OF_OURS.contains(envelope.path("type").asString(""))) {
            return id;
        }
        JsonNode requestId = dataOf(envelope).path("requestId");
        return requestId.isString() && LINE.matcher(requestId.stringValue()).matches() ? requestId.stringValue() : id;
    }

    private JsonNode dataOf(ObjectNode envelope) {
        try {
            return structured.withData(structured.attributes(envelope)).path("data");
        } catch (RejectedException e) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public @Nullable String traceparentOf(byte[] body) {
        try {
            return traceparent(wrapping.open(body));
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static @Nullable String traceparent(ObjectNode envelope) {
        String traceparent = text(envelope, "traceparent");
        return traceparent != null && TRACEPARENT.matcher(traceparent).matches() ? traceparent : null;
    }

    private <T> CloudEvent<T> convert(ObjectNode envelope, EventType<T> type) {
        return new CloudEvent<>(
                envelope.path("id").stringValue(),
                envelope.path("source").stringValue(),
                type,
                envelope.has("time") ? convert(envelope, "time", Instant.class) : null,
                text(envelope, "subject"),
                traceparent(envelope),
                convert(envelope, "data", type.dataType()));
    }

    private <V> V convert(ObjectNode envelope, String attribute, Class<V> target) {
        try {
            return mapper.treeToValue(envelope.get(attribute), target);
        } catch (JacksonException e) {
            // The schema allows values that Java's types do not, such as a time in picoseconds.
            throw new RejectedException(
                    RejectionCode.CONTRACT_VIOLATION,
                    "$." + attribute + fieldOf(e) + " has a value that is out of range");
        }
    }

    private static String fieldOf(JacksonException e) {
        StringBuilder path = new StringBuilder();
        e.getPath()
                .forEach(part -> path.append(
                        part.getPropertyName() == null ? "[" + part.getIndex() + "]" : "." + part.getPropertyName()));
        return path.toString();
    }

    private static @Nullable String text(ObjectNode node, String name) {
        return node.path(name).isString() ? node.get(name).stringValue() : null;
    }

    private static void putIfPresent(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
