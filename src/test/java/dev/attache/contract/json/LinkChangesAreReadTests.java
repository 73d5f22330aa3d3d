package dev.attache.contract.json;

import static dev.attache.contract.json.EventFixtures.DOWNLOAD;
import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.EventFixtures.with;
import static dev.attache.contract.json.EventFixtures.without;
import static dev.attache.contract.json.Rejections.CODEC;
import static dev.attache.contract.json.Rejections.SECRET;
import static dev.attache.contract.json.Rejections.rejection;
import static dev.attache.contract.value.RejectionCode.ADDRESS_INVALID;
import static dev.attache.contract.value.RejectionCode.CONTRACT_VIOLATION;
import static dev.attache.contract.value.RejectionCode.UNKNOWN_TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.attache.contract.EventType;
import dev.attache.contract.link.LinkExtendRequested;
import dev.attache.contract.link.LinkRevokeRequested;
import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that revoke or extend links name a request, a recipient or an object. */
class LinkChangesAreReadTests {

    private static final List<EventType<?>> ACCEPTED =
            List.of(EventType.ATTACHMENT_REQUESTED, EventType.LINK_REVOKE_REQUESTED, EventType.LINK_EXTEND_REQUESTED);

    private static String revoke(String data) {
        return event("link.revoke.requested", data);
    }

    private static String extend(String data) {
        return event("link.extend.requested", data);
    }

    private static String event(String type, String data) {
        return """
            {"specversion":"1.0","id":"c1","source":"crm","type":"%s","time":"2026-11-22T08:00:00Z","data":%s}\
            """.formatted(type, data);
    }

    @Test
    void targetIsRead() {
        assertThat(CODEC.read(bytes(revoke("{\"requestId\":\"7c1f\"}")), EventType.LINK_REVOKE_REQUESTED)
                        .data())
                .isEqualTo(new LinkRevokeRequested("7c1f", null, null));
        assertThat(CODEC.read(bytes(revoke("{\"recipient\":\"ana@example.com\"}")), EventType.LINK_REVOKE_REQUESTED)
                        .data())
                .isEqualTo(new LinkRevokeRequested(null, new Recipient("ana@example.com"), null));
        assertThat(CODEC.read(
                                bytes(extend("{\"object\":{\"key\":\"a/b.pdf\"},\"until\":\"2026-12-05T09:00:00Z\"}")),
                                EventType.LINK_EXTEND_REQUESTED)
                        .data())
                .isEqualTo(new LinkExtendRequested(
                        null,
                        null,
                        new AttachmentRef(null, "a/b.pdf", null, null),
                        Instant.parse("2026-12-05T09:00:00Z")));
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                argumentSet("nothing", "{}", "$.data requestId, recipient or object is required"),
                argumentSet("null", "{\"requestId\":null}", "$.data.requestId must be of type string"),
                argumentSet(
                        "request and recipient",
                        "{\"requestId\":\"7c1f\",\"recipient\":\"ana@example.com\"}",
                        "$.data.recipient must be absent where requestId is given"),
                argumentSet(
                        "request and object",
                        "{\"requestId\":\"7c1f\",\"object\":{\"key\":\"k\"}}",
                        "$.data.object must be absent where requestId is given"),
                argumentSet(
                        "recipient and object",
                        "{\"recipient\":\"ana@example.com\",\"object\":{\"key\":\"k\"}}",
                        "$.data.object must be absent where recipient is given"),
                argumentSet("object without key", "{\"object\":{}}", "$.data.object.key is required"));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void wrongTargetIsRejected(String data, String detail) {
        RejectedException revoke = rejection(bytes(revoke(data)), EventType.LINK_REVOKE_REQUESTED);
        RejectedException extend = rejection(
                bytes(with(extend(data), "/data/until", "\"2026-12-05T09:00:00Z\"")), EventType.LINK_EXTEND_REQUESTED);

        assertThat(List.of(revoke, extend)).allSatisfy(rejected -> {
            assertThat(rejected.code()).isEqualTo(CONTRACT_VIOLATION);
            assertThat(rejected.detail()).contains(detail);
        });
    }

    @Test
    void extensionNeedsATime() {
        assertThat(rejection(bytes(extend("{\"requestId\":\"7c1f\"}")), EventType.LINK_EXTEND_REQUESTED)
                        .detail())
                .isEqualTo("$.data.until is required");
        assertThat(rejection(
                                bytes(extend("{\"requestId\":\"7c1f\",\"until\":\"P7D\"}")),
                                EventType.LINK_EXTEND_REQUESTED)
                        .detail())
                .startsWith("$.data.until");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"recipient\":\"ana@example.com\"}", "{\"object\":{\"key\":\"a/b.pdf\"}}"})
    void changeForARecipientOrAnObjectNeedsTheTimeOfTheEvent(String data) {
        RejectedException revoke = rejection(bytes(without(revoke(data), "/time")), EventType.LINK_REVOKE_REQUESTED);
        RejectedException extend = rejection(
                bytes(without(with(extend(data), "/data/until", "\"2026-12-05T09:00:00Z\""), "/time")),
                EventType.LINK_EXTEND_REQUESTED);

        assertThat(List.of(revoke, extend)).allSatisfy(rejected -> {
            assertThat(rejected.code()).isEqualTo(CONTRACT_VIOLATION);
            assertThat(rejected.detail()).contains("needs the attribute time");
        });
        assertThat(CODEC.read(
                                bytes(without(revoke("{\"requestId\":\"7c1f\"}"), "/time")),
                                EventType.LINK_REVOKE_REQUESTED)
                        .time())
                .isNull();
    }

    @Test
    void invalidAddressIsRejected() {
        RejectedException rejected =
                rejection(bytes(revoke("{\"recipient\":\"" + SECRET + "\"}")), EventType.LINK_REVOKE_REQUESTED);

        assertThat(rejected.code()).isEqualTo(ADDRESS_INVALID);
        assertThat(rejected.detail()).startsWith("$.data.recipient ");
    }

    @Test
    void eventOfAnAcceptedTypeIsRead() {
        assertThat(CODEC.read(bytes(DOWNLOAD), ACCEPTED))
                .isEqualTo(CODEC.read(bytes(DOWNLOAD), EventType.ATTACHMENT_REQUESTED));
        assertThat(CODEC.read(bytes(revoke("{\"requestId\":\"7c1f\"}")), ACCEPTED)
                        .data())
                .isEqualTo(new LinkRevokeRequested("7c1f", null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"link.issued\"", "\"s3cr3t\"", "\"Attachment.Requested\"", "7", "null"})
    void otherTypeIsUnknown(String type) {
        assertUnknown(with(DOWNLOAD, "/type", type));
    }

    @Test
    void eventWithoutTypeIsUnknown() {
        assertUnknown(without(DOWNLOAD, "/type"));
    }

    private static void assertUnknown(String event) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> CODEC.read(bytes(event), ACCEPTED))
                .satisfies(rejected -> {
                    assertThat(rejected.code()).isEqualTo(UNKNOWN_TYPE);
                    assertThat(rejected.detail())
                            .isEqualTo("$.type must be one of the types that this queue accepts: attachment.requested,"
                                    + " link.revoke.requested, link.extend.requested");
                });
    }
}
