package dev.attache.contract.json;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Valid events, and ways to change them. */
public final class EventFixtures {

    public static final JsonMapper MAPPER = JsonMapper.builder().build();

    public static final String DOWNLOAD = """
        {"specversion":"1.0","id":"7c1f","source":"crm","type":"attachment.requested","time":"2026-11-21T09:00:00Z",
         "data":{"direction":"download","channel":"email",
                 "recipients":[{"address":"ana@example.com","name":"Ana Lima","locale":"pt-BR"}],
                 "attachment":{"key":"downloads/crm/contract-4711.pdf","fileName":"Contract Lima.pdf"},
                 "expiresIn":"PT24H","message":{"subject":"Your contract","text":"Please find it below."}}}\
        """;

    public static final String UPLOAD = """
        {"specversion":"1.0","id":"7c20","source":"crm","type":"attachment.requested",
         "data":{"direction":"upload","channel":"email","recipients":["ana@example.com"],
                 "upload":{"contentTypes":["application/pdf"],"maxBytes":1000},"notify":["bo@example.com"]}}\
        """;

    public static final String NEWSLETTER = """
        {"specversion":"1.0","id":"7c21","source":"crm","type":"attachment.requested",
         "data":{"direction":"download","channel":"newsletter","recipients":["ana@example.com"],
                 "attachment":{"key":"downloads/crm/catalogue.pdf"},
                 "campaign":{"id":"winter","unsubscribeUrl":"https://crm.example.com/u?who={recipient}"}}}\
        """;

    public static final String PURCHASE = """
        {"specversion":"1.0","id":"1001","source":"shop","type":"purchase.completed",
         "data":{"orderId":"1001","purchasedAt":"2026-11-21T09:00:00Z","customer":{"address":"bo@example.com"},
                 "items":[{"sku":"e1","title":"Streams","attachment":{"key":"downloads/shop/streams.epub"}}]}}\
        """;

    private EventFixtures() {}

    public static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** The event with the value at this JSON pointer replaced or added. */
    public static String with(String event, String pointer, String json) {
        JsonNode root = MAPPER.readTree(event);
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = root.at(pointer.substring(0, slash));
        String name = pointer.substring(slash + 1);
        JsonNode value = MAPPER.readTree(json);
        switch (parent) {
            case ArrayNode array -> array.set(Integer.parseInt(name), value);
            case ObjectNode object -> object.set(name, value);
            default -> throw new IllegalArgumentException(pointer);
        }
        return root.toString();
    }

    /** The event without the value at this JSON pointer. */
    public static String without(String event, String pointer) {
        JsonNode root = MAPPER.readTree(event);
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) root.at(pointer.substring(0, slash))).remove(pointer.substring(slash + 1));
        return root.toString();
    }

    public static String quoted(String text) {
        return MAPPER.writeValueAsString(text);
    }

    /** A JSON array with this number of different addresses. */
    public static String addresses(int count) {
        ArrayNode array = MAPPER.createArrayNode();
        for (int i = 0; i < count; i++) {
            array.add("r" + i + "@example.com");
        }
        return array.toString();
    }
}
