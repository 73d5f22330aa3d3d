package dev.attache.bench.loop;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Receives, signs, publishes and deletes ten messages at a time, as {@code boto3_loop.py} does: the minimal cost with
 * the SDK's clients.
 */
public final class BatchLoop {

    private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:deliveries";

    private static final Duration LIFETIME = Duration.ofDays(1);

    private static final int UNSIGNED_LENGTH = 400;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SqsClient sqs;

    private final SnsClient sns;

    private final S3Presigner presigner;

    private final String queue;

    private final boolean signing;

    private BatchLoop(String aws, boolean signing) {
        this.signing = signing;
        URI endpoint = URI.create(aws);
        queue = aws + "/000000000000/attachment-requests";
        sqs = SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .build();
        sns = SnsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .build();
        presigner = S3Presigner.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
    }

    /** @param arguments the endpoint, and whether links are signed */
    public static void main(String[] arguments) {
        BatchLoop loop = new BatchLoop(arguments[0], Boolean.parseBoolean(arguments[1]));
        while (true) {
            loop.handleTen();
        }
    }

    private void handleTen() {
        List<Message> messages = sqs.receiveMessage(request ->
                        request.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(20))
                .messages();
        if (messages.isEmpty()) {
            return;
        }
        List<PublishBatchRequestEntry> published = new ArrayList<>();
        List<DeleteMessageBatchRequestEntry> deleted = new ArrayList<>();
        for (Message message : messages) {
            JsonNode event = JSON.readTree(message.body());
            for (JsonNode recipient : event.path("data").path("recipients")) {
                published.add(PublishBatchRequestEntry.builder()
                        .id("p" + published.size())
                        .message(issued(event, recipient))
                        .build());
            }
            deleted.add(DeleteMessageBatchRequestEntry.builder()
                    .id("d" + deleted.size())
                    .receiptHandle(message.receiptHandle())
                    .build());
        }
        sns.publishBatch(request -> request.topicArn(TOPIC).publishBatchRequestEntries(published));
        sqs.deleteMessageBatch(request -> request.queueUrl(queue).entries(deleted));
    }

    private String issued(JsonNode event, JsonNode recipient) {
        JsonNode data = event.path("data");
        String fileName = data.at("/attachment/fileName").stringValue();
        ObjectNode issued = JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("id", UUID.randomUUID().toString())
                .put("source", event.path("source").stringValue())
                .put("type", "link.issued")
                .put("time", Instant.now().toString())
                .put("subject", event.path("subject").stringValue());
        ObjectNode content = issued.putObject("data")
                .put("requestId", event.path("id").stringValue())
                .put("channel", data.path("channel").stringValue());
        content.set("recipient", recipient);
        content.set("message", data.path("message"));
        content.putArray("links")
                .addObject()
                .put("url", link(data, fileName))
                .put("fileName", fileName)
                .put("expiresAt", Instant.now().plus(LIFETIME).toString());
        return JSON.writeValueAsString(issued);
    }

    private String link(JsonNode data, String fileName) {
        if (!signing) {
            return "https://attache.s3.amazonaws.com/" + "x".repeat(UNSIGNED_LENGTH);
        }
        return presigner
                .presignGetObject(presign -> presign.signatureDuration(LIFETIME)
                        .getObjectRequest(get -> get.bucket("attache")
                                .key(data.at("/attachment/key").stringValue())
                                .responseContentDisposition("attachment; filename=\"" + fileName + "\"")))
                .url()
                .toString();
    }
}
