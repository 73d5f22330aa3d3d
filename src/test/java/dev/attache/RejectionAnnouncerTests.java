package dev.attache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.RejectedMessage;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.MailFailed;
import dev.attache.contract.RequestRejected;
import dev.attache.contract.json.ValidatingEventCodec;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.delivery.relay.Relays;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.Message;

class RejectionAnnouncerTests {

    private final EventCodec codec = new ValidatingEventCodec();

    private final List<Message<byte[]>> sent = new ArrayList<>();

    private final RejectionAnnouncer announcer = new RejectionAnnouncer(
            codec,
            (binding, message) -> sent.add(message),
            ClaimedSourcesTests.SOURCES,
            Clock.fixed(Instant.parse("2026-11-21T09:00:00Z"), ZoneOffset.UTC));

    private CloudEvent<RequestRejected> rejected(String type, String id, String data) {
        return rejected("it breaks the contract", """
            {"specversion":"1.0","id":"%s","source":"crm","type":"%s","data":%s}\
            """.formatted(id, type, data));
    }

    private CloudEvent<RequestRejected> rejected(String reason, String body) {
        announcer.rejected(new RejectedMessage(
                "a-queue",
                "m-1",
                body,
                new Failure.Rejected("CONTRACT_VIOLATION", reason),
                1,
                new IllegalStateException(reason),
                null));
        return codec.read(sent.getLast().getPayload(), EventType.REQUEST_REJECTED);
    }

    @Test
    void aRejectedRequestIsAnnouncedWithItsId() {
        CloudEvent<RequestRejected> told = rejected("attachment.requested", "r-1", "{\"requestId\":\"r-0\"}");

        assertThat(told.source()).isEqualTo("crm");
        assertThat(told.data().requestId()).isEqualTo("r-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"link.issued", "attachment.requested.part"})
    void aFollowingEventIsAnnouncedWithTheIdOfItsRequest(String type) {
        CloudEvent<RequestRejected> first = rejected(type, "d-1", "{\"requestId\":\"r-1\"}");
        CloudEvent<RequestRejected> second = rejected(type, "d-2", "{\"requestId\":\"r-1\"}");
        CloudEvent<RequestRejected> again = rejected(type, "d-2", "{\"requestId\":\"r-1\"}");

        assertThat(List.of(first, second))
                .extracting(told -> told.data().requestId())
                .containsOnly("r-1");
        assertThat(second.id()).isNotEqualTo(first.id()).isEqualTo(again.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"requestId\":7}", "{\"requestId\":\"a\\nb\"}", "[]"})
    void anEventWithoutARequestIsAnnouncedWithItsOwnId(String data) {
        assertThat(rejected("link.issued", "d-1", data).data().requestId()).isEqualTo("d-1");
    }

    @Test
    void anUnreadableMessageIsAnnouncedWithItsMessageId() {
        CloudEvent<RequestRejected> told = rejected("it is no JSON", "{");

        assertThat(told.source()).isEqualTo("attache");
        assertThat(told.data().requestId()).isNull();
        assertThat(told.data().messageId()).isEqualTo("m-1");
    }

    @Test
    void aReasonThatIsTooLongIsShortened() {
        assertThat(rejected("why ".repeat(2_000), "{").data().detail())
                .hasSize(4_000)
                .startsWith("why why")
                .endsWith("…");
        assertThat(rejected("\uD83D\uDE00".repeat(2_001), "{").data().detail())
                .hasSize(3_999)
                .endsWith("\uD83D\uDE00…");
    }

    @Test
    void aRefusedMailIsAnnouncedWithRecipientAndReplyAndWithoutLinks() {
        String url = "https://s3.example/downloads/crm/a.pdf?X-Amz-Signature=secret";
        String body = """
            {"specversion":"1.0","id":"0f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d","source":"crm","type":"link.issued","time":"2026-11-21T09:00:00Z","data":{"requestId":"r-1",
            "channel":"email","purpose":"download","recipient":{"address":"ana@example.com","name":"Ana"},
            "links":[{"rel":"download","method":"GET","url":"%s","headers":{},"fields":{},"expiresAt":"2026-11-22T09:00:00Z"}],
            "issuedAt":"2026-11-21T09:00:00Z"}}\
            """.formatted(url);
        Failure.Rejected rejected = new Failure.Rejected(
                "MAIL_REFUSED",
                "The mail relay refused the mail permanently (SMTP reply 554 5.7.1)",
                "554 5.7.1 we do not want " + url);

        announcer.rejected(new RejectedMessage(
                "email-deliveries",
                "m-1",
                body,
                rejected,
                2,
                new IllegalStateException(Relays.refused("554 5.7.1 we do not want " + url, false)),
                null));

        Message<byte[]> message = sent.getLast();
        CloudEvent<MailFailed> event = codec.read(message.getPayload(), EventType.MAIL_FAILED);
        assertThat(message.getHeaders()).containsEntry("type", "mail.failed").containsEntry("source", "crm");
        assertThat(event.data().code()).isEqualTo(RejectionCode.MAIL_REFUSED);
        assertThat(event.data().recipient().address()).isEqualTo("ana@example.com");
        assertThat(event.data().requestId()).isEqualTo("r-1");
        assertThat(event.data().attempts()).isEqualTo(2);
        assertThat(event.data().reply()).startsWith("554 5.7.1 we do not want");
        assertThat(new String(message.getPayload())).doesNotContain("X-Amz-Signature", "https://s3.example");
    }

    private String reused(String content) {
        RejectedException reused = RejectedException.idReused("An earlier event had this id", content);
        announcer.rejected(new RejectedMessage(
                "a-queue",
                "m-1",
                """
                {"specversion":"1.0","id":"d-1","source":"crm","type":"link.issued","data":{"requestId":"r-1"}}\
                """,
                new Failure.Rejected("ID_REUSED", reused.detail()),
                1,
                new IllegalStateException(reused),
                null));
        CloudEvent<RequestRejected> told = codec.read(sent.getLast().getPayload(), EventType.REQUEST_REJECTED);
        assertThat(told.data().code()).isEqualTo(RejectionCode.ID_REUSED);
        assertThat(told.data().requestId()).isEqualTo("r-1");
        return told.id();
    }

    @Test
    void aReusedIdIsAnnouncedOnceForEachContent() {
        String usual = rejected("link.issued", "d-1", "{\"requestId\":\"r-1\"}").id();

        assertThat(reused("1:a"))
                .isEqualTo(reused("1:a"))
                .isNotEqualTo(reused("1:b"))
                .isNotEqualTo(usual);
    }

    private CloudEvent<RequestRejected> told(String queue, String messageId, @Nullable String senderId, String type) {
        announcer.rejected(new RejectedMessage(
                queue,
                messageId,
                """
                {"specversion":"1.0","id":"r-1","source":"pinned","type":"%s","data":{}}\
                """.formatted(type),
                new Failure.Rejected("CONTRACT_VIOLATION", "it breaks the contract"),
                1,
                new IllegalStateException(),
                senderId));
        assertThat(sent.getLast().getHeaders())
                .containsEntry(
                        "source",
                        codec.read(sent.getLast().getPayload(), EventType.REQUEST_REJECTED)
                                .source());
        return codec.read(sent.getLast().getPayload(), EventType.REQUEST_REJECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"attachment.requested", "link.issued", "attachment.requested.part", "imagined"})
    void aForgedEventIsAnnouncedAsUnreadable(String type) {
        CloudEvent<RequestRejected> genuine =
                told("attachment-requests", "m-1", "AROAUPSTREAM:s", "attachment.requested");
        CloudEvent<RequestRejected> forged = told("attachment-requests", "m-2", "AROAFORGER:s", type);

        assertThat(genuine.source()).isEqualTo("pinned");
        assertThat(genuine.data().requestId()).isEqualTo("r-1");
        assertThat(forged.source()).isEqualTo("attache");
        assertThat(forged.id()).isNotEqualTo(genuine.id());
        assertThat(forged.data().requestId()).isNull();
        assertThat(forged.data().source()).isNull();
        assertThat(forged.data().messageId()).isEqualTo("m-2");
        assertThat(told("attachment-requests", "m-2", "AROAFORGER:s", type).id())
                .isEqualTo(forged.id());
        assertThat(told("attachment-requests", "m-3", "AROAFORGER:s", type).id())
                .isNotEqualTo(forged.id());
    }
}
