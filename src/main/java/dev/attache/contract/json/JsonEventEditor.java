package dev.attache.contract.json;

import dev.attache.contract.EventEditor;
import dev.attache.contract.value.RejectedException;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Edits events in JSON. Thread-safe. */
public final class JsonEventEditor implements EventEditor {

    private static final String ID = "id";

    private final StrictJson json;

    private final JsonMapper mapper;

    /** @param maxSize the largest body that is parsed */
    public JsonEventEditor(DataSize maxSize) {
        this.json = new StrictJson(Math.toIntExact(maxSize.toBytes()));
        this.mapper = json.mapper();
    }

    @Override
    public String unwrapped(String body) {
        String text = body;
        try {
            for (int layer = 0; layer < EnvelopeUnwrapper.MAX_LAYERS; layer++) {
                ObjectNode node = json.parse(text, "the body");
                if (EnvelopeUnwrapper.isSnsNotification(node)) {
                    text = node.get("Message").stringValue();
                } else if (EnvelopeUnwrapper.isEventBridge(node)
                        && !EnvelopeUnwrapper.isFromS3(node)
                        && node.get("detail") instanceof ObjectNode detail) {
                    text = SqsText.escaped(mapper.writeValueAsString(detail));
                } else {
                    return text;
                }
            }
            return text;
        } catch (RejectedException unreadable) {
            return text;
        }
    }

    @Override
    public String withId(String event, String id) {
        try (JsonParser parser = mapper.createParser(event)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isId = parser.currentName().equals(ID);
                parser.nextToken();
                if (isId) {
                    int begin = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
                    parser.finishToken();
                    int end = Math.toIntExact(parser.currentLocation().getCharOffset());
                    return event.substring(0, begin) + mapper.writeValueAsString(id) + event.substring(end);
                }
                parser.skipChildren();
            }
        }
        throw new IllegalArgumentException("The event has no id");
    }
}
