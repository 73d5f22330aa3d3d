package dev.attache.contract.json;

import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.util.Base64;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Normalizes CloudEvents in structured mode: afterwards no attribute is null, and the data are an object in
 * {@code data} (CloudEvents JSON Event Format 1.0, sections 2.2 and 3.1). Unsupported forms are rejected with messages
 * that name them.
 */
final class StructuredMode {

    /**
     * A media type whose subtype is {@code json} or ends in {@code +json}, with or without parameters (section 3.1.1).
     */
    private static final Pattern JSON_TYPE =
            Pattern.compile("[^/;\\s]+/([^/;\\s]+\\+)?json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    private static final String BYTES = "data_base64";

    private final StrictJson json;

    StructuredMode(StrictJson json) {
        this.json = json;
    }

    /**
     * Removes attributes that are null.
     *
     * @throws RejectedException {@code MALFORMED} if the body seems to be only the data of an event, without its
     *     attributes, or is an EventBridge event without a CloudEvent
     */
    ObjectNode attributes(ObjectNode body) {
        body.removeIf(JsonNode::isNull);
        if (EnvelopeUnwrapper.isEventBridge(body)) {
            throw new RejectedException(
                    RejectionCode.MALFORMED,
                    body.get("detail").isObject()
                            ? "the body is an event of S3 from EventBridge, and not a CloudEvent; change EventBridge's"
                                    + " rule to send such events to objects-created"
                            : "the detail of the EventBridge event must be of type object: the whole CloudEvent; a"
                                    + " string is not parsed");
        }
        if (!body.isEmpty() && !body.has("specversion") && !body.has("data") && !body.has(BYTES)) {
            throw new RejectedException(
                    RejectionCode.MALFORMED,
                    "the body has neither specversion nor data. CloudEvents' binary mode, in which the body is the"
                            + " data alone, is not supported: send the whole event as JSON (structured mode,"
                            + " application/cloudevents+json), wrapped by nothing but SNS or EventBridge");
        }
        return body;
    }

    /**
     * Moves the data of an event to {@code data}, where the schemas expect it.
     *
     * @param event an event without attributes that are null; it is modified
     * @throws RejectedException {@code CONTRACT_VIOLATION} or {@code MALFORMED}
     */
    ObjectNode withData(ObjectNode event) {
        if (event.path("data").isString()) {
            throw violation(
                    "$.data must be of type object; a string is not parsed. Write the data as JSON, without quotes"
                            + " around it and without escapes, or its UTF-8 bytes in base64 as " + BYTES);
        }
        if (!event.has(BYTES)) {
            return event;
        }
        if (event.has("data")) {
            throw violation("$.data and $." + BYTES + " exclude each other; send one of them");
        }
        if (event.path("datacontenttype").isString()
                && !JSON_TYPE
                        .matcher(event.get("datacontenttype").stringValue())
                        .matches()) {
            throw violation("$.datacontenttype must be absent or a JSON type such as application/json");
        }
        event.set("data", json.parse(bytes(event.get(BYTES)), "$." + BYTES + ", decoded,"));
        event.remove(BYTES);
        return event;
    }

    private static byte[] bytes(JsonNode given) {
        if (!given.isString()) {
            throw violation("$." + BYTES + " must be of type string");
        }
        try {
            return Base64.getDecoder().decode(given.stringValue());
        } catch (IllegalArgumentException e) {
            throw violation("$." + BYTES + " must be base64 without line ends (RFC 4648, section 4)");
        }
    }

    private static RejectedException violation(String detail) {
        return new RejectedException(RejectionCode.CONTRACT_VIOLATION, detail);
    }
}
