package dev.attache.flows;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.json.ValidatingEventCodec;
import dev.attache.sandbox.Upstream.ReadMessage;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Creates the events of upstream systems, and reads published events. */
final class Events {

    private static final EventCodec CODEC = new ValidatingEventCodec();

    private Events() {}

    static String newId() {
        return UUID.randomUUID().toString();
    }

    static String event(String id, String type, String source, String data) {
        return """
            {"specversion":"1.0","id":"%s","source":"%s","type":"%s","time":"2026-11-21T09:00:00Z","data":%s}\
            """.formatted(id, source, type, data);
    }

    static String attachmentRequested(String id, String source, String data) {
        return event(id, "attachment.requested", source, data);
    }

    static <T> CloudEvent<T> read(ReadMessage message, EventType<T> type) {
        return CODEC.read(message.body().getBytes(StandardCharsets.UTF_8), type);
    }
}
