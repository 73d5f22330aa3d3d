package dev.attache.sandbox.pages;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.SqsClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Sends events that revoke or extend the links of a request, in the name of its source. */
public final class ChangeRequests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String QUEUE = "attachment-requests";
    private static final Duration EXTENSION = Duration.ofDays(14);

    private final SqsClient sqs;
    private final Clock clock;

    public ChangeRequests(SqsClient sqs, Clock clock) {
        this.sqs = sqs;
        this.clock = clock;
    }

    /** Returns the event's id. */
    public String revoke(String source, String requestId) {
        return send("link.revoke.requested", source, data(requestId));
    }

    /** Asks for 14 days from now. Returns the event's id. */
    public String extend(String source, String requestId) {
        var until = clock.instant().plus(EXTENSION).truncatedTo(ChronoUnit.SECONDS);
        return send("link.extend.requested", source, data(requestId).put("until", until.toString()));
    }

    private static ObjectNode data(String requestId) {
        return JSON.createObjectNode().put("requestId", requestId);
    }

    private String send(String type, String source, ObjectNode data) {
        var id = UUID.randomUUID().toString();
        var event = JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("id", id)
                .put("source", source)
                .put("type", type)
                .put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                .set("data", data);
        var url = sqs.getQueueUrl(request -> request.queueName(QUEUE)).queueUrl();
        sqs.sendMessage(request -> request.queueUrl(url).messageBody(JSON.writeValueAsString(event)));
        return id;
    }
}
