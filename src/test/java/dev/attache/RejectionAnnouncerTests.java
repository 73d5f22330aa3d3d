package dev.attache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import dev.attache.binder.DeadLetter;
import dev.attache.binder.Failure;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.JsonEventCodec;
import dev.attache.contract.RequestRejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.Message;

class RejectionAnnouncerTests {

    private final EventCodec codec = new JsonEventCodec();

    private final List<Message<byte[]>> sent = new ArrayList<>();

    private final RejectionAnnouncer announcer = new RejectionAnnouncer(codec,
            (binding, message) -> sent.add(message),
            Clock.fixed(Instant.parse("2026-11-21T09:00:00Z"), ZoneOffset.UTC));

    private CloudEvent<RequestRejected> rejected(String type, String id, String data) {
        return rejected("it breaks the contract", """
                {"specversion":"1.0","id":"%s","source":"crm","type":"%s","data":%s}""".formatted(id, type, data));
    }

    private CloudEvent<RequestRejected> rejected(String reason, String body) {
        announcer.rejected(new DeadLetter("a-queue", "m-1", body, new Failure.Rejected("CONTRACT_VIOLATION", reason), 1, new IllegalStateException(reason)));
        return codec.read(sent.getLast().getPayload(), EventType.REQUEST_REJECTED);
    }

    @Test
    void upstreamsOwnEventIsNamedByItsId() {
        CloudEvent<RequestRejected> told = rejected("attachment.requested", "r-1", "{\"requestId\":\"r-0\"}");

        assertThat(told.source()).isEqualTo("crm");
        assertThat(told.data().requestId()).isEqualTo("r-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"link.issued", "attachment.requested.part"})
    void whatCameOfARequestIsToldUnderTheRequestsIdAndEachOnceMore(String type) {
        CloudEvent<RequestRejected> first = rejected(type, "d-1", "{\"requestId\":\"r-1\"}");
        CloudEvent<RequestRejected> second = rejected(type, "d-2", "{\"requestId\":\"r-1\"}");
        CloudEvent<RequestRejected> again = rejected(type, "d-2", "{\"requestId\":\"r-1\"}");

        assertThat(List.of(first, second)).extracting(told -> told.data().requestId()).containsOnly("r-1");
        assertThat(second.id()).isNotEqualTo(first.id()).isEqualTo(again.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"requestId\":7}", "{\"requestId\":\"a\\nb\"}", "[]"})
    void whatNamesNoRequestIsToldUnderItsOwnId(String data) {
        assertThat(rejected("link.issued", "d-1", data).data().requestId()).isEqualTo("d-1");
    }

    @Test
    void whatCannotBeReadIsToldByItsMessageId() {
        CloudEvent<RequestRejected> told = rejected("it is no JSON", "{");

        assertThat(told.source()).isEqualTo("attache");
        assertThat(told.data().requestId()).isNull();
        assertThat(told.data().messageId()).isEqualTo("m-1");
    }

    @Test
    void aReasonThatIsTooLongIsToldAsFarAsItGoes() {
        assertThat(rejected("why ".repeat(2_000), "{").data().detail()).hasSize(4_000).startsWith("why why").endsWith("…");
    }
}
