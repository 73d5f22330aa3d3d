package dev.attache.bench.emulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SNS's Query protocol. Publications are counted, and delivered while {@link Subscriptions} are active. */
final class SnsEndpoint {

    private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:";

    private static final List<String> TOPICS = List.of("deliveries", "attachment-events");

    private final Counts counts;

    private final Subscriptions subscriptions;

    /** The text before the number that identifies a publication. */
    private volatile String mark = requestIds();

    SnsEndpoint(Counts counts, Subscriptions subscriptions) {
        this.counts = counts;
        this.subscriptions = subscriptions;
    }

    static String requestIds() {
        return "\"requestId\":\"" + Backlogs.MARK;
    }

    static String addresses() {
        return "\"address\":\"" + Backlogs.MARK;
    }

    void countBy(String text) {
        mark = text;
    }

    void answer(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
        String call = decoded(form.get("Action"));
        counts.call(call);
        String result = switch (call) {
            case "Publish" -> {
                published(form, "");
                yield "<MessageId>sent</MessageId>";
            }
            case "PublishBatch" -> publishBatch(form);
            case "ListTopics" ->
                "<Topics>"
                        + String.join(
                                "",
                                TOPICS.stream()
                                        .map(topic -> "<member><TopicArn>" + TOPIC + topic + "</TopicArn></member>")
                                        .toList())
                        + "</Topics>";
            case "CreateTopic" -> "<TopicArn>" + TOPIC + decoded(form.get("Name")) + "</TopicArn>";
            case "GetTopicAttributes" -> "<Attributes/>";
            default -> throw new IllegalArgumentException("The benchmark's SNS knows no " + call);
        };
        Responses.send(
                exchange,
                200,
                "text/xml",
                ("<%1$sResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><%1$sResult>%2$s</%1$sResult>"
                    + "<ResponseMetadata><RequestId>00000000-0000-0000-0000-000000000000</RequestId></ResponseMetadata></%1$sResponse>")
                        .formatted(call, result));
    }

    private String publishBatch(Map<String, String> form) {
        StringBuilder successful = new StringBuilder("<Failed/><Successful>");
        for (int i = 1; ; i++) {
            String entry = "PublishBatchRequestEntries.member." + i;
            String id = form.get(entry + ".Id");
            if (id == null) {
                return successful.append("</Successful>").toString();
            }
            published(form, entry + ".");
            successful.append("<member><Id>").append(decoded(id)).append("</Id><MessageId>sent</MessageId></member>");
        }
    }

    /** @param prefix the beginning of the names of its parameters */
    private void published(Map<String, String> form, String prefix) {
        String message = decoded(form.get(prefix + "Message"));
        int from = message.indexOf(mark) + mark.length();
        if (from < mark.length()) {
            throw new IllegalArgumentException("A publication has no " + mark + ": " + message);
        }
        int to = from;
        while (Character.isDigit(message.charAt(to))) {
            to++;
        }
        counts.published(Integer.parseInt(message, from, to, 10));
        subscriptions.publish(
                decoded(form.get("TopicArn")),
                attribute(form, prefix + "MessageAttributes.entry.", "channel"),
                message);
    }

    private static Optional<String> attribute(Map<String, String> form, String prefix, String name) {
        for (int i = 1; ; i++) {
            String found = form.get(prefix + i + ".Name");
            if (found == null) {
                return Optional.empty();
            }
            if (decoded(found).equals(name)) {
                return Optional.of(decoded(form.get(prefix + i + ".Value.StringValue")));
            }
        }
    }

    /** The parameters with decoded names and encoded values: most values are not needed. */
    private static Map<String, String> form(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            form.put(decoded(pair.substring(0, equals)), pair.substring(equals + 1));
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
