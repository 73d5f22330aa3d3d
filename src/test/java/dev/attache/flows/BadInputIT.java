package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.EventType;
import dev.attache.contract.RequestRejected;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Upstream;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

@SandboxTest
class BadInputIT {

    private static final String PDF = "\"attachment\":{\"key\":\"downloads/crm/contract-4711.pdf\"}";

    @Autowired
    Upstream upstream;

    static Stream<Arguments> badEvents() {
        String many = IntStream.range(0, 501)
                .mapToObj(i -> "\"r%d@example.com\"".formatted(i))
                .collect(Collectors.joining(","));
        return Stream.of(
                bad(
                        "CONTRACT_VIOLATION",
                        "crm",
                        "attachment.requested",
                        "{\"direction\":\"sideways\",\"channel\":\"event\"}"),
                bad(
                        "CONTRACT_VIOLATION",
                        "crm",
                        "attachment.requested",
                        "{\"direction\":\"download\",\"channel\":\"newsletter\",\"recipients\":[\"a@example.com\"],"
                                + PDF + "}"),
                bad("UNKNOWN_TYPE", "crm", "attachment.imagined", "{}"),
                bad(
                        "SOURCE_NOT_ALLOWED",
                        "stranger",
                        "attachment.requested",
                        "{\"direction\":\"download\",\"channel\":\"event\"," + PDF + "}"),
                bad(
                        "KEY_NOT_ALLOWED",
                        "shop",
                        "attachment.requested",
                        "{\"direction\":\"download\",\"channel\":\"event\"," + PDF + "}"),
                bad(
                        "EXPIRY_OUT_OF_RANGE",
                        "crm",
                        "attachment.requested",
                        "{\"direction\":\"download\",\"channel\":\"event\",\"expiresIn\":\"P8D\"," + PDF + "}"),
                bad(
                        "CONTENT_TYPE_NOT_ALLOWED",
                        "crm",
                        "attachment.requested",
                        "{\"direction\":\"upload\",\"channel\":\"event\",\"upload\":{\"contentTypes\":[\"text/html\"]}}"),
                bad(
                        "TOO_LARGE",
                        "crm",
                        "attachment.requested",
                        "{\"direction\":\"upload\",\"channel\":\"event\","
                                + "\"upload\":{\"contentTypes\":[\"application/pdf\"],\"maxBytes\":99999999999}}"),
                bad(
                        "TOO_MANY_RECIPIENTS",
                        "crm",
                        "attachment.requested",
                        "{\"direction\":\"download\",\"channel\":\"email\",\"recipients\":[" + many + "]," + PDF + "}"),
                bad(
                        "ADDRESS_INVALID",
                        "crm",
                        "attachment.requested",
                        "{\"direction\":\"download\",\"channel\":\"email\",\"recipients\":[\"not an address\"]," + PDF
                                + "}"),
                bad(
                        "OBJECT_NOT_FOUND",
                        "crm",
                        "attachment.requested",
                        "{\"direction\":\"download\",\"channel\":\"event\",\"attachment\":{\"key\":\"downloads/crm/none.pdf\"}}"));
    }

    private static Arguments bad(String code, String source, String type, String data) {
        return Arguments.of(code, source, type, data);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("badEvents")
    void anInvalidEventIsDeadLetteredWithItsCodeAndRejectionIsPublished(
            String code, String source, String type, String data) {
        String id = Events.newId();
        String body = Events.event(id, type, source, data);

        String messageId = upstream.send("attachment-requests", body, Map.of("mine", "kept"));

        var dead = upstream.awaitDeadLetter("attachment-requests", id);
        assertThat(dead.body()).isEqualTo(body);
        assertThat(dead.attributes())
                .containsEntry("attache-code", code)
                .containsEntry("mine", "kept")
                .containsEntry("attache-source-queue", "attachment-requests")
                .containsEntry("attache-message-id", messageId)
                .containsKeys("attache-reason", "attache-failed-at", "attache-attempts");
        var published = upstream.awaitContaining("attachment-events-inbox", id);
        RequestRejected rejected =
                Events.read(published, EventType.REQUEST_REJECTED).data();
        assertThat(rejected.code()).hasToString(code);
        assertThat(rejected.requestId()).isEqualTo(id);
        assertThat(rejected.detail()).isNotBlank();
        assertThat(published.attributes())
                .containsEntry("type", "request.rejected")
                .containsEntry("source", source);
    }

    @Test
    void aBodyThatIsNotJsonIsDeadLetteredAndItsRejectionNamesTheMessageId() {
        String body = "{not json " + Events.newId();

        String messageId = upstream.send("attachment-requests", body);

        assertThat(upstream.awaitDeadLetter("attachment-requests", body).attributes())
                .containsEntry("attache-code", "MALFORMED");
        RequestRejected rejected = Events.read(
                        upstream.awaitContaining("attachment-events-inbox", messageId), EventType.REQUEST_REJECTED)
                .data();
        assertThat(rejected.requestId()).isNull();
        assertThat(rejected.queue()).isEqualTo("attachment-requests");
        assertThat(rejected.messageId()).isEqualTo(messageId);
    }

    @ParameterizedTest
    @MethodSource("bodiesThatFrameworksSwallow")
    void bodiesThatFrameworksIgnoreAreDeadLettered(String body) {
        String messageId =
                upstream.send("purchases-completed", body, Map.of("contentType", "application/cloudevents+json"));

        assertThat(upstream.await(
                                "purchases-completed-dlq",
                                message -> messageId.equals(message.attributes().get("attache-message-id")))
                        .body())
                .isEqualTo(body);
    }

    static Stream<String> bodiesThatFrameworksSwallow() {
        return Stream.of("[]", "[{\"a\":1}]", "null", "\"text\"", "42", "{}", "<xml/>");
    }

    @Test
    void theOtherQueuesRejectInvalidEvents() {
        String id = Events.newId();
        upstream.send("objects-created", "{\"unheard\":\"" + id + "\"}");
        upstream.send("email-deliveries", "{\"unheard\":\"" + id + "\"}");
        upstream.send("newsletter-deliveries", "{\"unheard\":\"" + id + "\"}");

        for (String queue : new String[] {"objects-created", "email-deliveries", "newsletter-deliveries"}) {
            assertThat(upstream.awaitDeadLetter(queue, id).attributes()).containsKey("attache-code");
        }
    }
}
