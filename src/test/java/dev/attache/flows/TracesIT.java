package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.EventType;
import dev.attache.contract.value.Link;
import dev.attache.flows.TraceReceiver.ReceivedSpan;
import dev.attache.sandbox.AwsUnderTest;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.TestAws;
import dev.attache.sandbox.Upstream;
import dev.attache.sandbox.Upstream.ReadMessage;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A worker that exports spans to a receiver. */
@DedicatedAwsTest
class TracesIT {

    private static final byte[] CONTENT = {1, 2, 3};

    private static AwsUnderTest.Running aws;

    private static TraceReceiver receiver;

    private static ConfigurableApplicationContext worker;

    private static Upstream upstream;

    private static Mailbox mailbox;

    private final String requestId = Events.newId();

    private final String trace = randomHex(16);

    private final String sender = randomHex(8);

    @BeforeAll
    static void startWorker() {
        aws = TestAws.dedicated();
        aws.provision();
        receiver = new TraceReceiver();
        worker = DedicatedWorker.start(
                aws.surroundings(),
                Map.of(
                        "management.opentelemetry.tracing.export.otlp.endpoint",
                        receiver.endpoint(),
                        "management.opentelemetry.tracing.export.schedule-delay",
                        "100ms",
                        "management.tracing.sampling.probability",
                        "1.0",
                        "attache.sources.crm.mail-sent-events",
                        "true",
                        // The port of this worker's pages is not known before it starts.
                        "server.port",
                        String.valueOf(aws.surroundings().attachePort())));
        upstream = new Upstream(aws.surroundings().clients());
        mailbox = new Mailbox(aws.surroundings().mail());
    }

    @AfterAll
    static void stopWorker() {
        worker.close();
        receiver.close();
        aws.close();
    }

    private static String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private String traceparent() {
        return "00-" + trace + "-" + sender + "-01";
    }

    private String request(String data) {
        return Events.attachmentRequested(requestId, "crm", data);
    }

    private String requestWithTrace(String data) {
        return request(data).replace("\"data\":", "\"traceparent\":\"" + traceparent() + "\",\"data\":");
    }

    private static String download(String address) {
        return """
            {"direction":"download","channel":"email","recipients":["%s"],
             "attachment":{"key":"downloads/crm/contract-4711.pdf"},"expiresIn":"PT24H"}\
            """.formatted(address);
    }

    @Test
    void oneTraceLeadsFromTheRequestToItsMail() {
        String ana = Recipients.someone();

        upstream.send("attachment-requests", request(download(ana)), Map.of("traceparent", traceparent()));

        mailbox.await(ana);
        ReceivedSpan requested = receiver.await(trace, "process attachment-requests");
        assertThat(requested.parent()).isEqualTo(sender);
        assertThat(requested.kind()).isEqualTo("SPAN_KIND_CONSUMER");
        assertThat(requested.attributes())
                .containsEntry("messaging.system", "aws_sqs")
                .containsEntry("messaging.operation.type", "process")
                .containsEntry("messaging.operation.name", "process")
                .containsEntry("messaging.destination.name", "attachment-requests")
                .containsKey("messaging.message.id");
        ReceivedSpan published = receiver.await(trace, "send deliveries");
        assertThat(published.parent()).isEqualTo(requested.id());
        assertThat(published.kind()).isEqualTo("SPAN_KIND_PRODUCER");
        assertThat(published.attributes())
                .containsEntry("messaging.system", "aws.sns")
                .containsEntry("messaging.operation.type", "send")
                .containsEntry("messaging.destination.name", "deliveries")
                .containsKey("messaging.message.id");
        ReceivedSpan delivered = receiver.await(trace, "process email-deliveries");
        assertThat(delivered.parent()).isEqualTo(published.id());
        ReceivedSpan mailed = receiver.await(trace, "send mail");
        assertThat(mailed.parent()).isEqualTo(delivered.id());
        assertThat(mailed.kind()).isEqualTo("SPAN_KIND_CLIENT");
        assertThat(mailed.attributes()).containsEntry("attache.mail.transport", "smtp");
        assertThat(receiver.await(trace, "send attachment-events").parent()).isEqualTo(delivered.id());
    }

    @Test
    void anEventKeepsTheTraceOfItsRequestAndItsAttributeNamesTheSpanThatSentIt() {
        String ana = Recipients.someone();

        upstream.send("attachment-requests", requestWithTrace(download(ana)));

        ReadMessage message = upstream.awaitContaining("deliveries-inbox", ana);
        assertThat(Events.read(message, EventType.LINK_ISSUED).traceparent()).isEqualTo(traceparent());
        ReceivedSpan requested = receiver.await(trace, "process attachment-requests");
        assertThat(requested.parent()).isEqualTo(sender);
        ReceivedSpan published = receiver.await(trace, "send deliveries");
        assertThat(message.attributes()).containsEntry("traceparent", "00-" + trace + "-" + published.id() + "-01");
    }

    @Test
    void theAttributeOfAMessageTakesPrecedenceOverItsEnvelope() {
        String ana = Recipients.someone();
        String hop = randomHex(8);

        upstream.send(
                "attachment-requests",
                requestWithTrace(download(ana)),
                Map.of("traceparent", "00-" + trace + "-" + hop + "-01"));

        assertThat(receiver.await(trace, "process attachment-requests").parent())
                .isEqualTo(hop);
    }

    @Test
    void theNotificationOfS3IsLinkedToTheRequestOfTheUpload() {
        upstream.send("attachment-requests", requestWithTrace("""
            {"direction":"upload","channel":"event","expiresIn":"PT10M",
             "upload":{"contentTypes":["image/png"],"contentLength":%d,"fileName":"avatar.png"}}\
            """.formatted(CONTENT.length)));
        Link put = Events.read(upstream.awaitContaining("deliveries-inbox", requestId), EventType.LINK_ISSUED)
                .data()
                .links()
                .getFirst();

        assertThat(Recipients.put(put.url().reveal(), put.headers(), CONTENT).statusCode())
                .isEqualTo(200);

        ReceivedSpan notified = receiver.await(
                "a span of S3's notification", span -> span.links().contains(trace + "/" + sender));
        assertThat(notified.name()).isEqualTo("process objects-created");
        assertThat(notified.trace()).isNotEqualTo(trace);
        assertThat(receiver.await(notified.trace(), "send attachment-events").parent())
                .isEqualTo(notified.id());
    }

    @Test
    void anEventOfAPageContinuesTheTraceOfTheRequest() {
        String ana = Recipients.someone();
        upstream.send("attachment-requests", requestWithTrace(download(ana)));
        String page = mailbox.await(ana).links().getFirst();

        assertThat(Recipients.download(page, 0).statusCode()).isEqualTo(200);

        assertThat(receiver.await(
                                "the span of link.downloaded",
                                span -> span.trace().equals(trace)
                                        && span.name().equals("send attachment-events")
                                        && span.parent().equals(sender))
                        .attributes())
                .containsEntry("messaging.system", "aws.sns");
    }

    @Test
    void theAnnouncementOfARejectedMessageBelongsToItsTrace() {
        upstream.send(
                "attachment-requests",
                request("{\"direction\":\"sideways\",\"recipients\":[\"ana@example.com\"]}"),
                Map.of("traceparent", traceparent()));

        ReceivedSpan rejected = receiver.await(trace, "process attachment-requests");
        assertThat(rejected.attributes()).containsEntry("error.type", "CONTRACT_VIOLATION");
        assertThat(rejected.failed()).isTrue();
        ReceivedSpan moved = receiver.await(trace, "dead_letter attachment-requests");
        assertThat(moved.parent()).isEqualTo(sender);
        assertThat(moved.attributes()).containsEntry("messaging.operation.type", "settle");
        assertThat(receiver.await(trace, "send attachment-events").parent()).isEqualTo(moved.id());
        assertThat(upstream.awaitContaining("attachment-events-inbox", requestId)
                        .attributes())
                .hasEntrySatisfying("traceparent", value -> assertThat(value).contains(trace));
    }

    @Test
    void pollsWithMessagesHaveSpansAndEmptyOnesHaveNone() {
        String ana = Recipients.someone();
        upstream.send("attachment-requests", request(download(ana)));
        mailbox.await(ana);

        ReceivedSpan poll = receiver.await("a poll", span -> span.name().equals("receive attachment-requests"));
        assertThat(poll.kind()).isEqualTo("SPAN_KIND_CLIENT");
        assertThat(poll.parent()).isEmpty();
        assertThat(receiver.spans())
                .filteredOn(span -> span.name().startsWith("receive "))
                .extracting(span -> span.attributes().get("messaging.batch.message_count"))
                .doesNotContain("0")
                .doesNotContainNull();
    }

    @Test
    void noSpanContainsAnAddressAUrlOrAKey() {
        String ana = Recipients.someone();
        upstream.send("attachment-requests", request(download(ana)), Map.of("traceparent", traceparent()));
        String page = mailbox.await(ana).links().getFirst();
        assertThat(Recipients.get(page).statusCode()).isEqualTo(200);
        upstream.send(
                "attachment-requests",
                Events.attachmentRequested(
                        Events.newId(), "crm", download(ana).replace("downloads/crm/", "downloads/shop/")),
                Map.of("traceparent", traceparent()));
        receiver.await(
                "a span of a rejected request",
                span -> "KEY_NOT_ALLOWED".equals(span.attributes().get("error.type")));
        receiver.await(trace, "send mail");

        assertThat(receiver.spans())
                .extracting(ReceivedSpan::text)
                .allSatisfy(
                        text -> assertThat(text).doesNotContain("@", "://", "downloads/", "uploads/", "/d/", "/u/"));
    }

    @Test
    void requestsForPagesHaveNoSpans() {
        assertThat(Recipients.get(aws.surroundings().pageOrigin() + "/d/" + "0".repeat(67))
                        .statusCode())
                .isEqualTo(404);
        String ana = Recipients.someone();
        upstream.send("attachment-requests", request(download(ana)), Map.of("traceparent", traceparent()));
        receiver.await(trace, "send mail");

        assertThat(receiver.spans()).extracting(ReceivedSpan::kind).doesNotContain("SPAN_KIND_SERVER");
    }
}
