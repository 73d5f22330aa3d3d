package dev.attache.reliability.hostile;

import static dev.attache.reliability.hostile.InvalidMessage.accepted;
import static dev.attache.reliability.hostile.InvalidMessage.rejected;
import static dev.attache.reliability.hostile.ValidMessages.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.contract.EventType;
import dev.attache.contract.json.ValidatingEventCodec;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.ObjectRef;
import dev.attache.deadletters.dryrun.AcceptanceChecks;
import dev.attache.deadletters.dryrun.Verdict;
import dev.attache.intake.ObjectCreatedHandler;
import dev.attache.reliability.worker.DedicatedAws;
import dev.attache.reliability.worker.InProcessWorker;
import dev.attache.reliability.worker.ReceiveRecorder;
import dev.attache.reliability.worker.Workload;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.Upstream;
import dev.attache.topology.Topology;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.messaging.support.GenericMessage;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Dry runs of messages of many kinds, which are then handled. */
@DedicatedAwsTest
class DryRunIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final String REQUESTS = "attachment-requests";

    private static final String LIST = "downloads/crm/lists/";

    /** What a dry run must not change. */
    private record State(
            Map<String, String> objects,
            Map<String, Map<QueueAttributeName, String>> queues,
            int mails,
            Map<String, Double> counters,
            Map<String, CircuitBreaker.State> breakers) {}

    @Test
    void aDryRunChangesNothingAndItsVerdictIsWhatTheHandlerThenDoes() {
        try (var aws = DedicatedAws.start(Duration.ofSeconds(30));
                var worker = InProcessWorker.start(
                        aws.surroundings(), Map.of(DedicatedAws.VISIBILITY_TIMEOUT, "30s"), new ReceiveRecorder())) {
            List<InvalidMessage> messages = messages(aws);
            AcceptanceChecks checks = worker.getBean(AcceptanceChecks.class);
            assertThat(messages).hasSizeGreaterThan(400);
            State before = state(aws, worker);

            Map<InvalidMessage, Verdict> verdicts = new HashMap<>();
            messages.forEach(message -> verdicts.put(message, verdict(checks, message)));

            assertThat(state(aws, worker)).isEqualTo(before);
            assertThat(verdicts.values()).noneMatch(Verdict.Unknown.class::isInstance);
            Map<InvalidMessage, String> codes = handled(aws, messages);
            assertThat(messages.stream().filter(message -> !agree(verdicts.get(message), codes.get(message))))
                    .as("messages with another outcome than the dry run said")
                    .map(message -> message + ": " + verdicts.get(message) + ", then " + codes.get(message))
                    .isEmpty();
            assertThat(codes.values().stream().distinct()).hasSizeGreaterThan(8);

            State after = state(aws, worker);
            messages.forEach(message -> verdict(checks, message));
            assertThat(state(aws, worker)).isEqualTo(after);
            assertThat(verdicts(checks, messages, "email-deliveries"))
                    .contains(new Verdict.Accepted("The mail was sent before, and is not sent again"));
        }
    }

    @Test
    void aDryRunOfANotificationSaysWhatIsPublishedAndRecordsNoArrival() {
        try (var aws = DedicatedAws.start(Duration.ofSeconds(30));
                var worker = withoutObjects(aws)) {
            AcceptanceChecks checks = worker.getBean(AcceptanceChecks.class);
            ObjectCreatedHandler handler = worker.getBean(ObjectCreatedHandler.class);
            ObjectRef asked = askForFile(aws.upstream());
            Map<String, String> expected = new LinkedHashMap<>();
            expected.put(
                    "12345",
                    "Published: 1 request.rejected. request.rejected states TOO_LARGE: "
                            + "The file that arrived has 5 bytes, but 3 were agreed");
            expected.put("123", "Published: 1 attachment.uploaded");

            expected.forEach((content, note) -> {
                String notification = arrived(aws, asked, content);
                State before = state(aws, worker);

                Verdict verdict = checks.check("objects-created", notification, Map.of(), null);

                assertThat(verdict).isEqualTo(new Verdict.Accepted(note));
                assertThat(state(aws, worker)).isEqualTo(before);
                assertThat(handler.apply(new GenericMessage<>(notification.getBytes(StandardCharsets.UTF_8))))
                        .map(message -> "Published: 1 " + message.getHeaders().get("type"))
                        .singleElement(InstanceOfAssertFactories.STRING)
                        .satisfies(published -> assertThat(note).startsWith(published));
            });
        }
    }

    /** Asks for a file of three bytes, and returns the object that is awaited. */
    private static ObjectRef askForFile(Upstream upstream) {
        upstream.send(REQUESTS, """
            {"specversion":"1.0","id":"dry-file","source":"crm","type":"attachment.requested","time":"2026-11-21T09:00:00Z",
             "data":{"direction":"upload","channel":"event","upload":{"contentTypes":["image/png"],"contentLength":3}}}\
            """);
        String issued = upstream.awaitContaining("deliveries-inbox", "dry-file").body();
        return new ValidatingEventCodec()
                .read(issued.getBytes(StandardCharsets.UTF_8), EventType.LINK_ISSUED).data().links().stream()
                        .map(Link::object)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow();
    }

    /** Stores a file, and returns the notification about it, which nobody handles. */
    private static String arrived(DedicatedAws aws, ObjectRef object, String content) {
        aws.surroundings()
                .clients()
                .s3()
                .putObject(
                        it -> it.bucket(object.bucket()).key(object.key()).contentType("image/png"),
                        RequestBody.fromString(content));
        // Emulators differ in the spaces of their JSON.
        String size = "(?s).*\"size\": ?" + content.length() + "\\b.*";
        return aws.upstream()
                .await("objects-created", message -> message.body().matches(size))
                .body();
    }

    private static List<Verdict> verdicts(AcceptanceChecks checks, List<InvalidMessage> messages, String queue) {
        return messages.stream()
                .filter(message -> message.queue().equals(queue))
                .map(message -> verdict(checks, message))
                .toList();
    }

    private static Verdict verdict(AcceptanceChecks checks, InvalidMessage message) {
        return checks.check(message.queue(), message.body(), message.attributes(), null);
    }

    private static boolean agree(Verdict verdict, String code) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> code == null;
            case Verdict.Rejected rejected -> rejected.code().equals(code);
            case Verdict.Unknown unknown -> false;
        };
    }

    /** Sends the messages, and returns the codes of those that are dead-lettered. */
    private static Map<InvalidMessage, String> handled(DedicatedAws aws, List<InvalidMessage> messages) {
        var upstream = new Upstream(aws.surroundings().clients());
        Map<String, InvalidMessage> sent = new HashMap<>();
        messages.forEach(
                message -> sent.put(upstream.send(message.queue(), message.body(), message.attributes()), message));
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> aws.unfinished().isEmpty());
        Map<InvalidMessage, String> codes = new HashMap<>();
        for (String queue : Topology.queueNames()) {
            upstream.messages(Topology.deadLetters(queue)).forEach(letter -> {
                InvalidMessage message = sent.get(letter.attributes().get("attache-message-id"));
                if (message != null) {
                    codes.put(message, letter.attributes().get("attache-code"));
                }
            });
        }
        return codes;
    }

    private static List<InvalidMessage> messages(DedicatedAws aws) {
        List<InvalidMessage> messages = new ArrayList<>(PoisonCorpus.of(3));
        new Workload("dry", 3)
                .events(40)
                .forEach(event -> messages.add(accepted(event.id(), event.queue(), event.body(), "it is valid")));
        Topology.queueNames()
                .forEach(queue -> messages.add(accepted("a valid one", queue, ValidMessages.text(queue), "it is valid")
                        .withId("valid-" + queue)));
        lists(aws.surroundings().clients().s3(), aws.surroundings().bucket()).forEach(messages::add);
        Stream.concat(changes(), missing()).forEach(messages::add);
        return messages;
    }

    private static Stream<InvalidMessage> lists(S3Client s3, String bucket) {
        return Stream.of(
                        list(s3, bucket, "good", "ana@example.com\nben@example.com\n", true),
                        list(s3, bucket, "bad", "ana@example.com\nnobody\n", false),
                        list(s3, bucket, "empty", "\n\n", false),
                        list(s3, bucket, "wide", "ana@example.com\n".repeat(10) + "\u0000", false))
                .map(message -> message.withId("list-" + message.what()));
    }

    private static InvalidMessage list(S3Client s3, String bucket, String name, String content, boolean good) {
        s3.putObject(it -> it.bucket(bucket).key(LIST + name), RequestBody.fromString(content));
        String body = """
            {"specversion":"1.0","id":"poison","source":"crm","type":"attachment.requested","time":"2026-11-21T09:00:00Z",
             "data":{"direction":"download","channel":"email","recipientList":{"key":"%s"},
             "attachment":{"key":"downloads/crm/contract-4711.pdf"}}}\
            """.formatted(LIST + name);
        return good ? accepted(name, REQUESTS, body, "it is valid") : rejected(name, REQUESTS, body);
    }

    private static Stream<InvalidMessage> changes() {
        return Stream.of(
                change("link.revoke.requested", "\"requestId\":\"revoked-before\"", true),
                change("link.extend.requested", "\"requestId\":\"extended\",\"until\":\"2026-11-25T09:00:00Z\"", true),
                change("link.extend.requested", "\"requestId\":\"far\",\"until\":\"2036-11-25T09:00:00Z\"", false),
                change("link.revoke.requested", "\"object\":{\"key\":\"downloads/shop/x\"}", false),
                change(
                        "link.revoke.requested",
                        "\"requestId\":\"r\",\"recipient\":{\"address\":\"a@b.example\"}",
                        false),
                change("link.revoke.requested", "\"requestId\":17", false));
    }

    private static InvalidMessage change(String type, String data, boolean good) {
        String body = """
            {"specversion":"1.0","id":"%1$s","source":"crm","type":"%2$s","time":"2026-11-21T09:00:00Z","data":{%3$s}}\
            """.formatted("change-" + Integer.toHexString(data.hashCode()), type, data);
        return good ? accepted(data, REQUESTS, body, "it is valid") : rejected(data, REQUESTS, body);
    }

    /** Retried before they are rejected, because an event may arrive before its object. */
    private static Stream<InvalidMessage> missing() {
        String key = "\"downloads/%s/none\"";
        return Stream.of(
                        rejected("no object", REQUESTS, with(REQUESTS, "/data/attachment/key", key.formatted("crm"))),
                        rejected(
                                "no book",
                                "purchases-completed",
                                with("purchases-completed", "/data/items/0/attachment/key", key.formatted("shop"))))
                .map(message -> message.withId("missing-" + message.queue()));
    }

    private static State state(DedicatedAws aws, ApplicationContext worker) {
        var clients = aws.surroundings().clients();
        Map<String, String> objects = new TreeMap<>();
        clients.s3()
                .listBuckets()
                .buckets()
                .forEach(bucket -> clients.s3()
                        .listObjectsV2Paginator(it -> it.bucket(bucket.name()))
                        .contents()
                        .forEach(object -> objects.put(
                                bucket.name() + "/" + object.key(), object.eTag() + " " + object.lastModified())));
        Map<String, Map<QueueAttributeName, String>> queues = new TreeMap<>();
        clients.sqs()
                .listQueues()
                .queueUrls()
                .forEach(url -> queues.put(
                        url,
                        clients.sqs()
                                .getQueueAttributes(it -> it.queueUrl(url)
                                        .attributeNames(
                                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                                .attributes()));
        return new State(
                objects,
                queues,
                aws.surroundings().mail().mails().size(),
                counters(worker.getBean(MeterRegistry.class)),
                worker.getBean(CircuitBreakerRegistry.class).getAllCircuitBreakers().stream()
                        .collect(Collectors.toMap(CircuitBreaker::getName, CircuitBreaker::getState)));
    }

    /** Those that the handlers themselves increment. */
    private static Map<String, Double> counters(MeterRegistry meters) {
        return Stream.of("attache.uploads.unknown", "attache.uploads.copies", "attache.objects.ignored")
                .flatMap(name -> meters.find(name).counters().stream())
                .collect(Collectors.toMap(counter -> counter.getId().toString(), Counter::count));
    }

    /** Starts a worker that does not handle the notifications of S3. */
    private static ConfigurableApplicationContext withoutObjects(DedicatedAws aws) {
        return InProcessWorker.start(
                aws.surroundings(),
                Map.of(
                        "spring.cloud.function.definition",
                        "attachmentRequests;requestParts;purchases;emailDelivery;newsletterDelivery",
                        DedicatedAws.VISIBILITY_TIMEOUT,
                        "30s"),
                new ReceiveRecorder());
    }
}
