package dev.attache.contract;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.networknt.schema.Error;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what S3 says of new objects. Its own notification holds several records, with keys URL-encoded as an HTML
 * form's, so that {@code +} is a space (Amazon S3 User Guide, "Event message structure"). EventBridge's event holds
 * one object, its key as it stands, and only the event's time (same guide, "EventBridge event message structure").
 */
final class S3Notifications {

    private static final Map<String, String> OPERATIONS =
            Map.of("PutObject", "Put", "POST Object", "Post", "CopyObject", "Copy");

    private final Schemas schemas;

    S3Notifications(Schemas schemas) {
        this.schemas = schemas;
    }

    /** @throws RejectedException {@code CONTRACT_VIOLATION} */
    List<ObjectCreated> read(ObjectNode node) {
        if (node.path("Event").asString("").equals("s3:TestEvent")) {
            return List.of();
        }
        if (!Wrapping.isEventBridge(node)) {
            return readRecords(node);
        }
        return node.path("detail-type").asString("").equals("Object Created") ? List.of(readEvent(node)) : List.of();
    }

    private List<ObjectCreated> readRecords(ObjectNode node) {
        validate(Schemas.S3_NOTIFICATION, node);
        List<ObjectCreated> created = new ArrayList<>();
        JsonNode records = node.path("Records");
        for (int i = 0; i < records.size(); i++) {
            JsonNode entry = records.path(i);
            if (isObjectCreated(entry.path("eventName").stringValue())) {
                created.add(readRecord(entry, "$.Records[" + i + "]"));
            }
        }
        return List.copyOf(created);
    }

    /** AWS writes {@code ObjectCreated:Put}; stores that speak its protocol also {@code s3:ObjectCreated:Put}. */
    private static boolean isObjectCreated(String eventName) {
        return eventName.startsWith("ObjectCreated:") || eventName.startsWith("s3:ObjectCreated:");
    }

    private static ObjectCreated readRecord(JsonNode entry, String path) {
        JsonNode object = entry.path("s3").path("object");
        ObjectRef ref = new ObjectRef(entry.path("s3").path("bucket").path("name").stringValue(),
                decodedKey(object.path("key").stringValue(), path), text(object.path("versionId")));
        return new ObjectCreated(ref, size(object), unquoted(text(object.path("eTag"))), text(object.path("sequencer")),
                instant(entry.path("eventTime"), path + ".eventTime"), operation(entry.path("eventName").stringValue()));
    }

    private ObjectCreated readEvent(ObjectNode node) {
        validate(Schemas.S3_OBJECT_CREATED, node);
        JsonNode detail = node.path("detail");
        JsonNode object = detail.path("object");
        ObjectRef ref = new ObjectRef(detail.path("bucket").path("name").stringValue(),
                object.path("key").stringValue(), text(object.path("version-id")));
        return new ObjectCreated(ref, size(object), unquoted(text(object.path("etag"))), text(object.path("sequencer")),
                instant(node.path("time"), "$.time"), operation(detail));
    }

    /** What follows the last colon: {@code Put} of {@code ObjectCreated:Put}. */
    private static @Nullable String operation(String eventName) {
        String operation = eventName.substring(eventName.lastIndexOf(':') + 1);
        return operation.isEmpty() ? null : operation;
    }

    /** EventBridge has the names of S3's API calls instead, in {@code reason}. */
    private static @Nullable String operation(JsonNode detail) {
        String reason = text(detail.path("reason"));
        return reason == null ? null : OPERATIONS.getOrDefault(reason, reason);
    }

    private void validate(String schema, ObjectNode node) {
        List<Error> errors = schemas.validate(schema, node);
        if (!errors.isEmpty()) {
            throw Violations.rejection(errors);
        }
    }

    private static String decodedKey(String encoded, String path) {
        String decoded;
        try {
            decoded = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw notEncoded(path);
        }
        // The decoder puts U+FFFD where the bytes are not UTF-8; a key of another name must not come of that.
        if (decoded.indexOf('\uFFFD') >= 0 && !encoded.contains("%EF%BF%BD") && encoded.indexOf('\uFFFD') < 0) {
            throw notEncoded(path);
        }
        return decoded;
    }

    private static RejectedException notEncoded(String path) {
        return new RejectedException(RejectionCode.CONTRACT_VIOLATION,
                path + ".s3.object.key must be URL-encoded UTF-8, as S3 sends it");
    }

    private static Instant instant(JsonNode node, String path) {
        try {
            return OffsetDateTime.parse(node.stringValue()).toInstant();
        } catch (java.time.DateTimeException e) {
            throw new RejectedException(RejectionCode.CONTRACT_VIOLATION, path + " must be a date-time (RFC 3339)");
        }
    }

    private static @Nullable Long size(JsonNode object) {
        JsonNode size = object.path("size");
        return size.isNumber() ? Long.valueOf(size.asLong()) : null;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() && !node.stringValue().isEmpty() ? node.stringValue() : null;
    }

    private static @Nullable String unquoted(@Nullable String eTag) {
        return eTag == null ? null : eTag.replace("\"", "");
    }
}
