package dev.attache.training;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Topics with the calls of the query protocol (Amazon SNS API Reference). What is published to {@code deliveries} is
 * sent to the queue of mails.
 */
final class EmulatedTopics {

    private static final String ARN = "arn:aws:sns:eu-central-1:000000000000:";

    private static final String DELIVERIES = ARN + "deliveries";

    private static final String EVENTS = ARN + "attachment-events";

    private static final String ENTRIES = "PublishBatchRequestEntries.member.";

    private final EmulatedQueues queues;

    EmulatedTopics(EmulatedQueues queues) {
        this.queues = queues;
    }

    /**
     * @param form a request's body
     * @throws IllegalArgumentException for an action that no worker uses in the training run
     */
    String answer(String form) {
        Map<String, String> parameters = new TreeMap<>();
        for (String parameter : form.split("&")) {
            String[] parts = parameter.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        String action = parameters.getOrDefault("Action", "");
        String result = switch (action) {
            case "ListTopics" ->
                "<Topics><member><TopicArn>%s</TopicArn></member><member><TopicArn>%s</TopicArn></member></Topics>"
                        .formatted(DELIVERIES, EVENTS);
            case "PublishBatch" -> publish(parameters);
            default -> throw new IllegalArgumentException("The training run does not emulate SNS's call " + action);
        };
        return ("<%1$sResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><%1$sResult>%2$s</%1$sResult>"
                        + "<ResponseMetadata><RequestId>training</RequestId></ResponseMetadata></%1$sResponse>")
                .formatted(action, result);
    }

    private String publish(Map<String, String> parameters) {
        if (DELIVERIES.equals(parameters.get("TopicArn"))) {
            values(parameters, ".Message").forEach(queues::sendMail);
        }
        return values(parameters, ".Id").stream()
                .map("<member><Id>%s</Id><MessageId>published</MessageId></member>"::formatted)
                .collect(Collectors.joining("", "<Failed/><Successful>", "</Successful>"));
    }

    private static List<String> values(Map<String, String> parameters, String name) {
        return parameters.entrySet().stream()
                .filter(it -> it.getKey().startsWith(ENTRIES) && it.getKey().endsWith(name))
                .map(Map.Entry::getValue)
                .toList();
    }
}
