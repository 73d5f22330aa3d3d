package dev.attache.training;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Queues with the calls of the JSON protocol (Amazon SQS API Reference). A queue of any name exists. A received message
 * does not become visible again.
 */
final class EmulatedQueues {

    private static final String REQUESTS = "attachment-requests";

    private static final String MAILS = "email-deliveries";

    private static final String ACCOUNT = "000000000000";

    private static final String REQUEST = """
        {"specversion":"1.0","id":"training-%1$d","source":"training","type":"attachment.requested","time":"2026-01-01T00:00:00Z",
         "data":{"direction":"download","channel":"email","recipients":[{"address":"ana%1$d@example.com","name":"Ana Lima"}],
                 "attachment":{"key":"downloads/report.pdf","fileName":"Report.pdf"},"expiresIn":"PT24H",
                 "message":{"subject":"Your report","text":"Please find it below."}}}\
        """;

    private static final Pattern QUEUE_NAME = Pattern.compile("\"QueueName\":\"([^\"]*)\"");

    private static final Pattern QUEUE_URL = Pattern.compile("\"QueueUrl\":\"[^\"]*/([^\"/]*)\"");

    private static final Pattern MAX_NUMBER = Pattern.compile("\"MaxNumberOfMessages\":(\\d+)");

    private static final Pattern ENTRY_ID = Pattern.compile("\"Id\":\"([^\"]*)\"");

    private final String endpoint;

    private final Map<String, BlockingQueue<String>> messages = new ConcurrentHashMap<>();

    private final AtomicInteger received = new AtomicInteger();

    private final AtomicInteger undeleted;

    private final CompletableFuture<Void> finished = new CompletableFuture<>();

    EmulatedQueues(String endpoint, int requests) {
        this.endpoint = endpoint;
        for (int i = 0; i < requests; i++) {
            send(REQUESTS, REQUEST.formatted(i));
        }
        // Each request, and the link that is issued for it.
        undeleted = new AtomicInteger(2 * requests);
    }

    String endpoint() {
        return endpoint;
    }

    CompletableFuture<Void> finished() {
        return finished;
    }

    void sendMail(String body) {
        send(MAILS, body);
    }

    private void send(String queue, String body) {
        queue(queue).add(body);
    }

    /** @throws IllegalArgumentException for a call that no worker makes in the training run */
    String answer(String call, String request) {
        return switch (call) {
            case "GetQueueUrl" ->
                "{\"QueueUrl\":\"%s/%s/%s\"}".formatted(endpoint, ACCOUNT, first(QUEUE_NAME, request));
            case "GetQueueAttributes" -> """
                {"Attributes":{"VisibilityTimeout":"60",
                 "RedrivePolicy":"{\\"deadLetterTargetArn\\":\\"arn:aws:sqs:eu-central-1:%s:%s-dlq\\",\\"maxReceiveCount\\":10}"}}\
                """.formatted(ACCOUNT, first(QUEUE_URL, request));
            case "ReceiveMessage" -> receive(queue(first(QUEUE_URL, request)), most(request));
            case "ChangeMessageVisibilityBatch" -> successful(ids(request));
            case "DeleteMessageBatch" -> {
                List<String> ids = ids(request);
                if (undeleted.addAndGet(-ids.size()) == 0) {
                    finished.complete(null);
                }
                yield successful(ids);
            }
            default -> throw new IllegalArgumentException("The training run does not emulate SQS's call " + call);
        };
    }

    private BlockingQueue<String> queue(String name) {
        return messages.computeIfAbsent(name, any -> new LinkedBlockingQueue<>());
    }

    /** How many messages a receive asks for: one by default ("ReceiveMessage"). */
    private static int most(String request) {
        return MAX_NUMBER
                .matcher(request)
                .results()
                .findFirst()
                .map(number -> Integer.parseInt(number.group(1)))
                .orElse(1);
    }

    /** Waits up to a second for a message, as a long poll does. */
    private String receive(BlockingQueue<String> queue, int most) {
        List<String> bodies = new ArrayList<>();
        try {
            String first = queue.poll(1, TimeUnit.SECONDS);
            if (first != null) {
                bodies.add(first);
                queue.drainTo(bodies, most - 1);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return bodies.stream().map(this::message).collect(Collectors.joining(",", "{\"Messages\":[", "]}"));
    }

    private String message(String body) {
        int number = received.getAndIncrement();
        return """
            {"MessageId":"%1$08d-0000-4000-8000-000000000000","ReceiptHandle":"%1$d","MD5OfBody":"%2$s","Body":"%3$s",
             "Attributes":{"ApproximateReceiveCount":"1","SenderId":"training"}}\
            """.formatted(number, md5(body), escaped(body));
    }

    private static String escaped(String body) {
        return body.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static List<String> ids(String request) {
        return ENTRY_ID.matcher(request).results().map(match -> match.group(1)).toList();
    }

    private static String successful(List<String> ids) {
        return ids.stream()
                .map("{\"Id\":\"%s\"}"::formatted)
                .collect(Collectors.joining(",", "{\"Failed\":[],\"Successful\":[", "]}"));
    }

    private static String first(Pattern pattern, String request) {
        Matcher found = pattern.matcher(request);
        if (!found.find()) {
            throw new IllegalArgumentException("No " + pattern + " in " + request);
        }
        return found.group(1);
    }

    private static String md5(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
