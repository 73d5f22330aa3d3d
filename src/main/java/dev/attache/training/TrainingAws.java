package dev.attache.training;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * As much of SQS, SNS and S3 as the worker asks for in a {@link TrainingRun}: whatever queue or topic it names is
 * there, one queue holds requests for downloads, the others are empty, every object exists.
 */
final class TrainingAws implements AutoCloseable {

    private static final String FILLED = "attachment-requests";

    private static final String TOPICS = "arn:aws:sns:eu-central-1:000000000000:";

    private static final String REQUEST = """
        {"specversion":"1.0","id":"training","source":"training","type":"attachment.requested","time":"2026-01-01T00:00:00Z",
         "data":{"direction":"download","channel":"email","recipients":[{"address":"ana@example.com","name":"Ana Lima"}],
                 "attachment":{"key":"downloads/report.pdf","fileName":"Report.pdf"},"expiresIn":"PT24H",
                 "message":{"subject":"Your report","text":"Please find it below."}}}\
        """;

    private static final Pattern ENTRY_ID = Pattern.compile("\"Id\":\"([^\"]*)\"");

    private static final Pattern FORM_ENTRY_ID = Pattern.compile("member\\.\\d+\\.Id=([^&]*)");

    private final HttpServer server;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final AtomicInteger received = new AtomicInteger();

    private final int messages;

    private final CountDownLatch deleted;

    private TrainingAws(HttpServer server, int messages) {
        this.server = server;
        this.messages = messages;
        this.deleted = new CountDownLatch(messages);
    }

    /** @param messages how many requests the queue holds */
    static TrainingAws start(int messages) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TrainingAws aws = new TrainingAws(server, messages);
        server.createContext("/", aws::answer);
        server.setExecutor(aws.threads);
        server.start();
        return aws;
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @throws IllegalStateException when that takes longer than five minutes */
    void awaitAllDeleted() throws InterruptedException {
        if (!deleted.await(5, TimeUnit.MINUTES)) {
            throw new IllegalStateException(
                    "The worker left " + deleted.getCount() + " of the training's messages undone");
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target != null) {
            send(exchange, "application/x-amz-json-1.0", queue(target.substring(target.indexOf('.') + 1), body));
        } else if (body.startsWith("Action=")) {
            send(exchange, "text/xml", topic(body.substring("Action=".length(), body.indexOf('&')), body));
        } else {
            exchange.getResponseHeaders().set("Content-Type", "application/pdf");
            exchange.getResponseHeaders().set("ETag", "\"0123456789abcdef0123456789abcdef\"");
            exchange.getResponseHeaders().set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
            exchange.getResponseHeaders().set("Content-Length", "48211");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        }
    }

    private String queue(String call, String body) {
        return switch (call) {
            case "GetQueueUrl" ->
                "{\"QueueUrl\":\"%s/000000000000/%s\"}"
                        .formatted(endpoint(), body.contains('"' + FILLED + '"') ? FILLED : "empty");
            case "GetQueueAttributes" -> """
                {"Attributes":{"VisibilityTimeout":"30",
                 "RedrivePolicy":"{\\"deadLetterTargetArn\\":\\"arn:aws:sqs:eu-central-1:000000000000:dead\\",\\"maxReceiveCount\\":10}"}}\
                """;
            case "ReceiveMessage" -> receive(body);
            case "DeleteMessageBatch" -> {
                String entries = ids(ENTRY_ID, body, "{\"Id\":\"%s\"}", ",");
                ENTRY_ID.matcher(body).results().forEach(entry -> deleted.countDown());
                yield "{\"Failed\":[],\"Successful\":[" + entries + "]}";
            }
            default -> throw new IllegalArgumentException("The training's SQS knows no " + call);
        };
    }

    private String receive(String body) {
        int first = body.contains('/' + FILLED + '"') ? received.getAndAdd(10) : messages;
        if (first >= messages) {
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "{}";
        }
        return IntStream.range(first, Math.min(first + 10, messages))
                .mapToObj(i ->
                        """
                        {"MessageId":"%08d-0000-4000-8000-000000000000","ReceiptHandle":"%d","MD5OfBody":"%s","Body":"%s",
                         "Attributes":{"ApproximateReceiveCount":"1","SenderId":"training"}}\
                        """.formatted(i, i, md5(), REQUEST.replace("\"", "\\\"").replace("\n", "\\n")))
                .collect(Collectors.joining(",", "{\"Messages\":[", "]}"));
    }

    private static String topic(String action, String body) {
        String result = switch (action) {
            case "ListTopics" ->
                "<Topics><member><TopicArn>" + TOPICS + "deliveries</TopicArn></member><member><TopicArn>" + TOPICS
                        + "attachment-events</TopicArn></member></Topics>";
            case "PublishBatch" ->
                "<Failed/><Successful>"
                        + ids(FORM_ENTRY_ID, body, "<member><Id>%s</Id><MessageId>sent</MessageId></member>", "")
                        + "</Successful>";
            default -> throw new IllegalArgumentException("The training's SNS knows no " + action);
        };
        return ("<%1$sResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><%1$sResult>%2$s</%1$sResult>"
                        + "<ResponseMetadata><RequestId>training</RequestId></ResponseMetadata></%1$sResponse>")
                .formatted(action, result);
    }

    private static String ids(Pattern pattern, String body, String form, String between) {
        return pattern.matcher(body)
                .results()
                .map(match -> form.formatted(match.group(1)))
                .collect(Collectors.joining(between));
    }

    private static String md5() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(REQUEST.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void send(HttpExchange exchange, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
