package dev.attache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.RejectedMessage;
import dev.attache.binder.message.SenderAttestation;
import dev.attache.contract.EventCodec;
import dev.attache.contract.json.ValidatingEventCodec;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.deadletters.Announcements.Announcement;
import dev.attache.deadletters.Announcements.Rejection;
import dev.attache.delivery.relay.MailNotSentException;
import dev.attache.delivery.relay.Relays;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.messaging.Message;
import tools.jackson.databind.json.JsonMapper;

/** The event that is derived from a dead letter is the one that was published. */
class DerivedAnnouncementsTests {

    private static final String ISSUED = """
        {"specversion":"1.0","id":"0f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d","source":"crm","type":"link.issued",\
        "time":"2026-11-21T09:00:00Z","data":{"requestId":"r-1","channel":"email","purpose":"download",\
        "recipient":{"address":"ana@example.com","name":"Ana"},\
        "links":[{"rel":"download","method":"GET","url":"https://s3.example/a.pdf","headers":{},"fields":{},\
        "expiresAt":"2026-11-22T09:00:00Z"}],"issuedAt":"2026-11-21T09:00:00Z"}}\
        """;

    private static final MailFailures MAILS = new MailFailures(List.of(Duration.ofSeconds(5)));

    private final EventCodec codec = new ValidatingEventCodec();

    private final List<Message<byte[]>> sent = new ArrayList<>();

    private final RejectionAnnouncer announcer = new RejectionAnnouncer(
            codec, (binding, message) -> sent.add(message), ClaimedSourcesTests.SOURCES, Clock.systemUTC());

    /** A statement is the sender's id itself. */
    private final SenderAttestation attestation = new SenderAttestation() {

        @Override
        public Optional<String> attest(String queue, String body, String senderId) {
            return Optional.of(senderId);
        }

        @Override
        public Optional<String> senderOf(String queue, String body, String statement) {
            return Optional.of(statement);
        }
    };

    private final DerivedAnnouncements derived =
            new DerivedAnnouncements(codec, ClaimedSourcesTests.SOURCES, attestation);

    private Announcement published(
            String queue, String body, Failure.Rejected failure, Throwable error, @Nullable String sender) {
        announcer.rejected(new RejectedMessage(queue, "m-1", body, failure, 1, error, sender));
        var event = JsonMapper.shared().readTree(sent.getLast().getPayload());
        return new Announcement(event.get("type").asString(), event.get("id").asString());
    }

    private Optional<Announcement> derived(
            String queue, String body, Failure.Rejected failure, @Nullable String sender) {
        return derived.of(new Rejection(queue, "m-1", failure.code(), failure.fullReason(), body, sender));
    }

    static Stream<Throwable> mailsNotSent() {
        return Stream.of(
                Relays.refused("554 5.7.1 no", false),
                Relays.refused("550 5.1.1 nobody", true),
                Relays.deferred("451 4.7.1 later"),
                Relays.lost(),
                Relays.uncertain());
    }

    @ParameterizedTest
    @MethodSource("mailsNotSent")
    void ofAMailThatTheRelayDidNotAccept(Throwable error) {
        Failure.Rejected rejected = rejected(MAILS.of((MailNotSentException) error));

        assertThat(derived("email-deliveries", ISSUED, rejected, null))
                .contains(published("email-deliveries", ISSUED, rejected, error, null))
                .hasValueSatisfying(it -> assertThat(it.type()).isEqualTo("mail.failed"));
    }

    private static Failure.Rejected rejected(Failure failure) {
        return switch (failure) {
            case Failure.Rejected given -> given;
            case Failure.Transient passing -> passing.whenExhausted();
            default -> throw new IllegalArgumentException(failure.toString());
        };
    }

    @Test
    void ofAMailThatCouldNotBeHandledForAnotherReason() {
        Failure.Rejected rejected = new Failure.Rejected("RETRIES_EXHAUSTED", "The limit of source crm is reached");

        assertThat(derived("email-deliveries", ISSUED, rejected, null))
                .contains(published("email-deliveries", ISSUED, rejected, new IllegalStateException(), null))
                .hasValueSatisfying(it -> assertThat(it.type()).isEqualTo("request.rejected"));
    }

    static Stream<List<String>> requests() {
        return Stream.of(
                List.of("attachment-requests", "crm", ""),
                List.of("attachment-requests", "pinned", "AROAUPSTREAM:s"),
                List.of("attachment-requests", "pinned", "AROAFORGER:s"),
                List.of("request-parts", "pinned", "AROAWORKER:s"),
                List.of("email-deliveries", "pinned", "AROASNS"),
                List.of("purchases-completed", "unknown", ""));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void ofARequestAlsoIfItsSenderMayNotNameTheSource(List<String> request) {
        String body = """
            {"specversion":"1.0","id":"r-1","source":"%s","type":"attachment.requested","data":{}}\
            """.formatted(request.get(1));
        String sender = request.get(2).isEmpty() ? null : request.get(2);
        Failure.Rejected rejected = new Failure.Rejected("CONTRACT_VIOLATION", "no");

        assertThat(derived(request.getFirst(), body, rejected, sender))
                .contains(published(request.getFirst(), body, rejected, new IllegalStateException(), sender));
    }

    @Test
    void ofAnUnreadableMessage() {
        Failure.Rejected rejected = new Failure.Rejected("MALFORMED", "no JSON");

        assertThat(derived("attachment-requests", "{", rejected, null))
                .contains(published("attachment-requests", "{", rejected, new IllegalStateException(), null));
    }

    @Test
    void theIdIsUnknownIfTheLetterDoesNotStateWhatItDependsOn() {
        Announcement unknown = new Announcement("request.rejected", null);
        String pinned = """
            {"specversion":"1.0","id":"r-1","source":"pinned","type":"attachment.requested","data":{}}\
            """;
        String reason = new RejectedException(RejectionCode.MALFORMED, "no").detail();

        assertThat(derived("attachment-requests", pinned, new Failure.Rejected("MALFORMED", reason), null))
                .contains(unknown);
        assertThat(derived("attachment-requests", ISSUED, new Failure.Rejected("ID_REUSED", reason), null))
                .contains(unknown);
        assertThat(derived.of(new Rejection("attachment-requests", null, "MALFORMED", reason, ISSUED, null)))
                .contains(unknown);
    }
}
