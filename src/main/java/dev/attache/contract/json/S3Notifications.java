package dev.attache.contract.json;

import com.networknt.schema.Error;
import dev.attache.contract.ObjectCreated;
import dev.attache.contract.ObjectNotification;
import dev.attache.contract.ObjectNotification.Ignored;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads notifications about created objects. S3's notification has one or more records, whose keys are encoded as in
 * HTML forms, with {@code +} for a space (Amazon S3 User Guide, "Event message structure"). EventBridge's event has one
 * object, whose key is not encoded (same guide, "EventBridge event message structure"). S3 may add fields and kinds of
 * events at any time, and other services send events to the same queue, so only the fields that are used are validated.
 */
final class S3Notifications {

    private static final Map<String, String> OPERATIONS =
            Map.of("PutObject", "Put", "POST Object", "Post", "CopyObject", "Copy");

    private final Schemas schemas;

    S3Notifications(Schemas schemas) {
        this.schemas = schemas;
    }

    /** @throws RejectedException {@code CONTRACT_VIOLATION} */
    ObjectNotification read(ObjectNode node) {
        if (node.path("Event").asString("").equals("s3:TestEvent")) {
            return ObjectNotification.of(Ignored.TEST_EVENT);
        }
        return EnvelopeUnwrapper.isEventBridge(node) ? readEvent(node) : readRecords(node);
    }

    private ObjectNotification readRecords(ObjectNode node) {
        validate(Schemas.S3_NOTIFICATION, node);
        List<ObjectCreated> created = new ArrayList<>();
        List<Ignored> ignored = new ArrayList<>();
        JsonNode records = node.path("Records");
        for (int i = 0; i < records.size(); i++) {
            JsonNode entry = records.path(i);
            if (isObjectCreated(entry.path("eventName").stringValue())) {
                created.add(readRecord(entry, "$.Records[" + i + "]"));
            } else {
                ignored.add(Ignored.OTHER_CHANGE);
            }
        }
        return new ObjectNotification(created, ignored);
    }

    /** AWS writes {@code ObjectCreated:Put}; some compatible stores write {@code s3:ObjectCreated:Put}. */
    private static boolean isObjectCreated(String eventName) {
        return eventName.startsWith("ObjectCreated:") || eventName.startsWith("s3:ObjectCreated:");
    }

    private static ObjectCreated readRecord(JsonNode entry, String path) {
        JsonNode object = entry.path("s3").path("object");
        ObjectRef ref = new ObjectRef(
                entry.path("s3").path("bucket").path("name").stringValue(),
                decodedKey(object.path("key").stringValue(), path),
                text(object.path("versionId")));
        return new ObjectCreated(
                ref,
                unquoted(text(object.path("eTag"))),
                text(object.path("sequencer")),
                operation(entry.path("eventName").stringValue()));
    }

    private ObjectNotification readEvent(ObjectNode node) {
        String source = node.path("source").asString("");
        String detailType = node.path("detail-type").stringValue();
        if (source.equals("aws.s3") && !detailType.equals("Object Created")) {
            return ObjectNotification.of(Ignored.OTHER_CHANGE);
        }
        if (source.equals("aws.guardduty") && detailType.equals("GuardDuty Malware Protection Object Scan Result")) {
            return ObjectNotification.of(Ignored.MALWARE_SCAN);
        }
        if (!source.isEmpty() && !source.equals("aws.s3")) {
            return ObjectNotification.of(Ignored.OTHER_SERVICE);
        }
        validate(Schemas.S3_OBJECT_CREATED, node);
        JsonNode detail = node.path("detail");
        JsonNode object = detail.path("object");
        ObjectRef ref = new ObjectRef(
                detail.path("bucket").path("name").stringValue(),
                object.path("key").stringValue(),
                text(object.path("version-id")));
        return ObjectNotification.of(new ObjectCreated(
                ref, unquoted(text(object.path("etag"))), text(object.path("sequencer")), operation(detail)));
    }

    /** The part after the last colon: {@code Put} of {@code ObjectCreated:Put}. */
    private static @Nullable String operation(String eventName) {
        String operation = eventName.substring(eventName.lastIndexOf(':') + 1);
        return operation.isEmpty() ? null : operation;
    }

    /** EventBridge's events have the names of S3's API calls, in {@code reason}. */
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
        // The decoder replaces bytes that are not UTF-8 by U+FFFD, which would be the key of another object.
        if (decoded.indexOf('\uFFFD') >= 0 && !encoded.contains("%EF%BF%BD") && encoded.indexOf('\uFFFD') < 0) {
            throw notEncoded(path);
        }
        return decoded;
    }

    private static RejectedException notEncoded(String path) {
        return new RejectedException(
                RejectionCode.CONTRACT_VIOLATION, path + ".s3.object.key must be URL-encoded UTF-8, as S3 sends it");
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() && !node.stringValue().isEmpty() ? node.stringValue() : null;
    }

    private static @Nullable String unquoted(@Nullable String eTag) {
        return eTag == null ? null : eTag.replace("\"", "");
    }
}
