package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.source.Configured;
import dev.attache.source.SenderIds;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcesProperties;
import dev.attache.storage.StorageSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.unit.DataSize;

/** The intake with real policies: what an event's sender and subject allow. */
class SourcePoliciesAreEnforcedTests extends IntakeTestBase {

    private static final String UPSTREAM = "AROAUPSTREAM:session";

    private static final String WORKER = "AROAWORKER:task";

    private final SourcePolicies sources = Configured.sources(new SourcesProperties(
            "attache",
            Map.of(
                    "pinned",
                    source(List.of("AROAUPSTREAM"), "downloads/"),
                    "people",
                    source(List.of(), "downloads/people/{subject}/"))));

    private final EventRouter requests = requests(new SenderIds(List.of("AROAWORKER")));

    private final PurchaseCompletedHandler purchases =
            new PurchaseCompletedHandler(codec, sources, downloads, issuer, Instant.MIN, clock);

    private final AudiencePartHandler parts =
            new AudiencePartHandler(codec, sources, links, new SenderIds(List.of("AROAWORKER")));

    private EventRouter requests(SenderIds workers) {
        return requests(sources, workers);
    }

    private static SourcesProperties.Source source(List<String> senderIds, String prefix) {
        return new SourcesProperties.Source(
                null,
                senderIds,
                List.of(),
                null,
                List.of(prefix),
                List.of("application/pdf", "image/*"),
                DataSize.ofMegabytes(1),
                Duration.ofMinutes(1),
                null,
                Duration.ofDays(7),
                null,
                null,
                1000,
                false,
                null,
                Duration.ofDays(7),
                0,
                SourcesProperties.Identity.NONE,
                StorageSettings.NONE);
    }

    @BeforeEach
    void fillTheBucket() {
        bucket.with("downloads/people/s-1/c.pdf", 1, "application/pdf", "e")
                .with("downloads/people/s-2/c.pdf", 1, "application/pdf", "e")
                .with("downloads/people/s-1/list.ndjson", "ana@example.com")
                .with("downloads/people/s-2/list.ndjson", "bo@example.com");
    }

    private static String download(String source, String folder) {
        return event("attachment.requested", source, """
            {"direction":"download","channel":"event","attachment":{"key":"downloads/people/%s/c.pdf"}}\
            """.formatted(folder));
    }

    private static String audience(String source, String listFolder, String folder) {
        return event("attachment.requested", source, """
            {"direction":"download","channel":"email","recipientList":{"key":"downloads/people/%s/list.ndjson"},
             "attachment":{"key":"downloads/people/%s/c.pdf"}}\
            """.formatted(listFolder, folder));
    }

    private static String purchase(String source, String folder) {
        return event("purchase.completed", source, """
            {"orderId":"1","purchasedAt":"2026-11-21T09:00:00Z","customer":"bo@example.com",
             "items":[{"sku":"a","title":"A","attachment":{"key":"downloads/people/%s/c.pdf"}}]}\
            """.formatted(folder));
    }

    private static String part(String source) {
        return event("attachment.requested.part", source, """
            {"requestId":"r-0","offset":0,"request":{"direction":"download","channel":"email",
             "recipients":["ana@example.com"],"attachment":{"key":"downloads/people/s-1/c.pdf"}}}\
            """);
    }

    private static Message<byte[]> from(@Nullable String sender, String body) {
        return MessageBuilder.withPayload(body.getBytes(StandardCharsets.UTF_8))
                .setHeader("sqs_senderId", sender)
                .build();
    }

    private static void refused(
            RejectionCode code, Function<Message<byte[]>, ?> function, Message<byte[]> message, String detail) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> function.apply(message))
                .withMessageContaining(detail)
                .satisfies(error -> assertThat(error.code()).isEqualTo(code));
    }

    @Test
    void pinnedSourceIsAcceptedFromItsSender() {
        assertThat(requests.apply(from(UPSTREAM, download("pinned", "s-1")))).hasSize(1);
        assertThat(requests.apply(from(UPSTREAM, audience("pinned", "s-1", "s-1"))))
                .hasSize(1);
        assertThat(purchases.apply(from(UPSTREAM, purchase("pinned", "s-1")))).hasSize(1);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"AROASTRANGER:session", WORKER})
    void pinnedSourceIsRejectedFromOtherSenders(@Nullable String sender) {
        String setting = "attache.sources.pinned.sender-ids";

        refused(RejectionCode.SOURCE_NOT_ALLOWED, requests, from(sender, download("pinned", "s-1")), setting);
        refused(RejectionCode.SOURCE_NOT_ALLOWED, requests, from(sender, audience("pinned", "s-1", "s-1")), setting);
        refused(RejectionCode.SOURCE_NOT_ALLOWED, purchases, from(sender, purchase("pinned", "s-1")), setting);
    }

    @Test
    void partOfAPinnedSourceIsAcceptedFromTheWorker() {
        assertThat(parts.apply(from(WORKER, part("pinned")))).hasSize(1);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"AROASTRANGER:session", "AROAWORKER2", UPSTREAM})
    void partOfAPinnedSourceIsRejectedFromOtherSenders(@Nullable String sender) {
        refused(RejectionCode.SOURCE_NOT_ALLOWED, parts, from(sender, part("pinned")), "attache.audience.sender-ids");
    }

    @Test
    void largeAudienceOfAPinnedSourceIsRejectedWithoutSenderIdsOfTheWorker() {
        EventRouter unnamed = requests(new SenderIds(List.of()));

        refused(
                RejectionCode.SOURCE_NOT_ALLOWED,
                unnamed,
                from(UPSTREAM, audience("pinned", "s-1", "s-1")),
                "attache.audience.sender-ids");
        assertThat(unnamed.apply(from(UPSTREAM, download("pinned", "s-1")))).hasSize(1);
        assertThat(unnamed.apply(from(null, audience("people", "s-1", "s-1")))).hasSize(1);
    }

    @Test
    void partOfASourceThatIsNotPinnedIsAcceptedFromEverySender() {
        assertThat(parts.apply(from(null, part("people")))).hasSize(1);
    }

    @Test
    void subjectAllowsItsFolder() {
        assertThat(requests.apply(from(null, download("people", "s-1")))).hasSize(1);
        assertThat(requests.apply(from(null, audience("people", "s-1", "s-1")))).hasSize(1);
        assertThat(purchases.apply(from(null, purchase("people", "s-1")))).hasSize(1);
    }

    @Test
    void subjectAllowsNoOtherFolder() {
        refused(RejectionCode.KEY_NOT_ALLOWED, requests, from(null, download("people", "s-2")), "'s-1'");
        refused(
                RejectionCode.KEY_NOT_ALLOWED,
                requests,
                from(null, audience("people", "s-2", "s-1")),
                "s-2/list.ndjson");
        refused(RejectionCode.KEY_NOT_ALLOWED, requests, from(null, audience("people", "s-1", "s-2")), "s-2/c.pdf");
        refused(RejectionCode.KEY_NOT_ALLOWED, purchases, from(null, purchase("people", "s-2")), "'s-1'");
        refused(
                RejectionCode.KEY_NOT_ALLOWED,
                parts,
                from(null, part("people").replace("people/s-1", "people/s-2")),
                "'s-1'");
    }

    @Test
    void largeAudienceIsRejectedOnceForTheReasonOfEachPart() {
        refused(
                RejectionCode.OBJECT_NOT_FOUND,
                requests,
                from(UPSTREAM, audience("pinned", "s-1", "s-1").replace("c.pdf", "none.pdf")),
                "none.pdf");
        refused(
                RejectionCode.CONTENT_TYPE_NOT_ALLOWED,
                requests,
                from(UPSTREAM, event("attachment.requested", "pinned", """
                    {"direction":"upload","channel":"email","recipientList":{"key":"downloads/people/s-1/list.ndjson"},
                     "upload":{"contentTypes":["text/html"]}}\
                    """)),
                "text/html");
        refused(
                RejectionCode.EXPIRY_OUT_OF_RANGE,
                requests,
                from(
                        UPSTREAM,
                        audience("pinned", "s-1", "s-1").replace("\"channel\"", "\"expiresIn\":\"P8D\",\"channel\"")),
                "expiresIn");
    }

    @Test
    void linkNamesTheRangesOfTypesThatTheSourceAccepts() {
        Iterable<Message<byte[]>> messages = requests.apply(
                message(
                        event(
                                "attachment.requested",
                                "people",
                                "{\"direction\":\"upload\",\"channel\":\"email\",\"recipients\":[\"ana@example.com\"],\"upload\":{}}")));

        assertThat(issued(all(messages).getFirst()).data().upload().contentTypes())
                .containsExactly("application/pdf", "image/*");
    }
}
