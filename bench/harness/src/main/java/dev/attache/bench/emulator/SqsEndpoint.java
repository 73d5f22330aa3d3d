package dev.attache.bench.emulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** SQS's JSON protocol (Amazon SQS Developer Guide, "Making requests using the AWS JSON protocol"). */
final class SqsEndpoint {

    static final String TARGET = "X-Amz-Target";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Queue> queues = new ConcurrentHashMap<>();

    private final Counts counts;

    private final String origin;

    SqsEndpoint(Counts counts, String origin) {
        this.counts = counts;
        this.origin = origin;
    }

    Queue queue(String name) {
        return queues.computeIfAbsent(name, missing -> new Queue());
    }

    boolean isDone() {
        return queues.values().stream().allMatch(Queue::isDone);
    }

    /** The queues that are not empty, with the number of messages that wait or are in flight. */
    Map<String, Long> open() {
        Map<String, Long> open = new TreeMap<>();
        queues.forEach((name, queue) -> {
            long messages = queue.open();
            if (messages > 0) {
                open.put(name, messages);
            }
        });
        return open;
    }

    void answer(HttpExchange exchange) throws IOException, InterruptedException {
        String call = exchange.getRequestHeaders().getFirst(TARGET).replace("AmazonSQS.", "");
        JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
        counts.call(call);
        Responses.send(exchange, 200, "application/x-amz-json-1.0", JSON.writeValueAsBytes(answer(call, request)));
    }

    private ObjectNode answer(String call, JsonNode request) throws InterruptedException {
        ObjectNode answer = JSON.createObjectNode();
        if (call.equals("GetQueueUrl")) {
            return answer.put(
                    "QueueUrl",
                    origin + "/000000000000/" + request.path("QueueName").asString());
        }
        String url = request.path("QueueUrl").asString();
        String name = url.substring(url.lastIndexOf('/') + 1);
        Queue queue = queue(name);
        switch (call) {
            case "GetQueueAttributes" -> attributes(answer.putObject("Attributes"), name);
            case "ReceiveMessage" -> {
                var messages = queue.receive(
                        request.path("MaxNumberOfMessages").asInt(1),
                        Duration.ofSeconds(request.path("WaitTimeSeconds").asInt(0)));
                if (!messages.isEmpty()) {
                    ArrayNode list = answer.putArray("Messages");
                    messages.forEach(message -> describe(list.addObject(), message));
                }
            }
            case "DeleteMessage" -> queue.delete(number(request));
            case "ChangeMessageVisibility" -> changeVisibility(queue, request);
            case "SendMessage" -> send(answer, queue, request);
            case "DeleteMessageBatch", "ChangeMessageVisibilityBatch", "SendMessageBatch" -> {
                ArrayNode successful = answer.putArray("Successful");
                answer.putArray("Failed");
                for (JsonNode entry : request.path("Entries")) {
                    ObjectNode done =
                            successful.addObject().put("Id", entry.path("Id").asString());
                    switch (call) {
                        case "DeleteMessageBatch" -> queue.delete(number(entry));
                        case "ChangeMessageVisibilityBatch" -> changeVisibility(queue, entry);
                        default -> send(done, queue, entry);
                    }
                }
            }
            default -> throw new IllegalArgumentException("The benchmark's SQS knows no " + call);
        }
        return answer;
    }

    private void attributes(ObjectNode attributes, String name) {
        attributes.put("QueueArn", "arn:aws:sqs:us-east-1:000000000000:" + name);
        attributes.put("VisibilityTimeout", "300");
        attributes.put("ApproximateNumberOfMessages", "0");
        attributes.put(
                "RedrivePolicy",
                "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:%s-dlq\",\"maxReceiveCount\":5}"
                        .formatted(name));
    }

    private static void describe(ObjectNode described, Queue.Message message) {
        described.put("MessageId", "00000000-0000-0000-0000-%012d".formatted(Math.abs(message.number())));
        described.put("ReceiptHandle", String.valueOf(message.number()));
        described.put("MD5OfBody", md5(message.body()));
        described.put("Body", message.body());
        described
                .putObject("Attributes")
                .put("ApproximateReceiveCount", "1")
                .put("SenderId", "AIDAEXAMPLE")
                .put("SentTimestamp", "1763715600000")
                .put("ApproximateFirstReceiveTimestamp", "1763715600000");
    }

    private static long number(JsonNode entry) {
        return Long.parseLong(entry.path("ReceiptHandle").asString());
    }

    private static void changeVisibility(Queue queue, JsonNode entry) {
        // Extending the timeout keeps the message in flight. A release makes it visible at once, without the pause
        // that SQS would make.
        if (entry.path("VisibilityTimeout").asInt() < 60) {
            queue.release(number(entry));
        }
    }

    private static void send(ObjectNode answer, Queue queue, JsonNode entry) {
        String body = entry.path("MessageBody").asString();
        queue.send(body);
        answer.put("MessageId", "sent").put("MD5OfMessageBody", md5(body));
        if (entry.has("MessageAttributes")) {
            answer.put("MD5OfMessageAttributes", md5(attributes(entry.path("MessageAttributes"))));
        }
    }

    /**
     * "Calculating the MD5 message digest for message attributes" (Amazon SQS Developer Guide); all attributes here are
     * strings.
     */
    private static byte[] attributes(JsonNode attributes) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        new TreeSet<>(attributes.propertyNames()).forEach(name -> {
            part(encoded, name);
            part(encoded, attributes.path(name).path("DataType").asString());
            encoded.write(1);
            part(encoded, attributes.path(name).path("StringValue").asString());
        });
        return encoded.toByteArray();
    }

    private static void part(ByteArrayOutputStream encoded, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        encoded.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
        encoded.writeBytes(bytes);
    }

    private static String md5(String body) {
        return md5(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String md5(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(content);
            return "%032x".formatted(new BigInteger(1, digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
