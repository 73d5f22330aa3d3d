package dev.attache.reliability.hostile;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A valid message for each queue, from which invalid ones are made. */
final class ValidMessages {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String REQUEST = """
        {"direction":"download","channel":"email","recipients":[{"address":"poisoned@example.com","name":"Ana"}],
         "attachment":{"key":"downloads/crm/contract-4711.pdf","fileName":"contract.pdf"},"expiresIn":"PT24H",
         "message":{"subject":"Your contract","text":"Please find it below."}}\
        """;

    private static final String LINK = """
        {"rel":"download","title":"Contract","method":"GET","url":"http://localhost/contract.pdf","headers":{},"fields":{},
         "object":{"bucket":"attache","key":"downloads/crm/contract-4711.pdf"},"fileName":"contract.pdf",
         "expiresAt":"2199-01-01T00:00:00Z"}\
        """;

    private static final Map<String, String> BODIES = Map.of(
            "attachment-requests", event("attachment.requested", "crm", REQUEST),
            "request-parts",
                    event(
                            "attachment.requested.part",
                            "crm",
                            "{\"requestId\":\"large\",\"offset\":0,\"request\":%s}".formatted(REQUEST)),
            "purchases-completed", event("purchase.completed", "shop", """
                {"orderId":"1001","purchasedAt":"2026-11-21T09:00:00Z","customer":{"address":"poisoned@example.com"},
                 "items":[{"sku":"ebook","title":"Streams","attachment":{"key":"downloads/shop/streams.epub"}}]}\
                """),
            "email-deliveries", event("link.issued", "crm", """
                {"requestId":"r","channel":"email","purpose":"download","recipient":{"address":"poisoned@example.com"},
                 "message":{"subject":"Yours"},"links":[%s],"issuedAt":"2026-11-21T09:00:00Z"}\
                """.formatted(LINK)),
            "newsletter-deliveries", event("link.issued", "crm", """
                {"requestId":"r","channel":"newsletter","purpose":"download","recipient":{"address":"poisoned@example.com"},
                 "campaign":{"id":"autumn","unsubscribeUrl":"https://news.example/out"},
                 "message":{"subject":"News"},"links":[%s],"issuedAt":"2026-11-21T09:00:00Z"}\
                """.formatted(LINK)),
            "objects-created", """
                    {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventTime":"2026-11-21T09:00:00Z",
                      "eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"attache"},
                      "object":{"key":"uploads/nobodys.png","size":3,"eTag":"abc","sequencer":"0A"}}}]}\
                    """);

    private ValidMessages() {}

    private static String event(String type, String source, String data) {
        return """
            {"specversion":"1.0","id":"poison","source":"%s","type":"%s","time":"2026-11-21T09:00:00Z","data":%s}\
            """.formatted(source, type, data);
    }

    static String text(String queue) {
        return BODIES.get(queue);
    }

    static ObjectNode tree(String queue) {
        return (ObjectNode) JSON.readTree(text(queue));
    }

    /** The valid message with another value at a JSON Pointer; the value need not be valid JSON. */
    static String with(String queue, String place, String json) {
        var marker = "\"here-it-goes\"";
        var tree = tree(queue);
        var end = place.lastIndexOf('/');
        var parent = tree.at(place.substring(0, end));
        var name = place.substring(end + 1);
        switch (parent) {
            case ObjectNode object -> object.put(name, "here-it-goes");
            case ArrayNode array ->
                array.set(Integer.parseInt(name), JSON.getNodeFactory().stringNode("here-it-goes"));
            default -> throw new IllegalArgumentException("Nothing at " + place + " for " + queue);
        }
        return JSON.writeValueAsString(tree).replace(marker, json);
    }

    /** The valid message without the value at a JSON Pointer. */
    static String without(String queue, String place) {
        var tree = tree(queue);
        var end = place.lastIndexOf('/');
        if (tree.at(place).isMissingNode()) {
            throw new IllegalArgumentException("Nothing at " + place + " for " + queue);
        }
        ((ObjectNode) tree.at(place.substring(0, end))).remove(place.substring(end + 1));
        return JSON.writeValueAsString(tree);
    }
}
