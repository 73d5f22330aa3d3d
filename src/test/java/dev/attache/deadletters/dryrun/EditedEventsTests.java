package dev.attache.deadletters.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.binder.message.SenderAttestation;
import dev.attache.contract.EventType;
import dev.attache.contract.json.JsonEventEditor;
import dev.attache.contract.json.ValidatingEventCodec;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

class EditedEventsTests {

    private static final String REQUESTS = "attachment-requests";

    private static final String OBJECTS = "objects-created";

    private static final String ID = "8a4c2c0e-5a44-4c5e-9d0a-3c6f2f5d9c11";

    private static final String EVENT = """
        {
          "data": {"direction":"download","channel":"email", "recipients":[{"address":"ana@example.com"}],
                   "attachment":{"key":"downloads/crm/a.pdf"}, "id":"inner", "extra": 1.10},
          "specversion":"1.0", "id" : "old\\u0021", "source":"crm",
          "type":"attachment.requested","time":"2026-11-21T09:00:00Z"
        }\
        """;

    private final EditedEvents edited = new EditedEvents(
            new AcceptanceChecks(
                    List.of(check(REQUESTS, EventType.ATTACHMENT_REQUESTED), check(OBJECTS)),
                    error -> {
                        throw new AssertionError(error);
                    },
                    SenderAttestation.NONE,
                    "attache-sender"),
            new ValidatingEventCodec(),
            new JsonEventEditor(DataSize.ofKilobytes(256)),
            "crm"::equals,
            () -> ID);

    private static AcceptanceCheck check(String queue, EventType<?>... types) {
        return new AcceptanceCheck() {

            @Override
            public boolean isFor(String name) {
                return name.equals(queue);
            }

            @Override
            public List<EventType<?>> types() {
                return List.of(types);
            }

            @Override
            public Verdict check(byte[] body, Map<String, String> attributes, @Nullable String senderId) {
                throw new AssertionError("Not checked");
            }
        };
    }

    private void assertRefused(String queue, String text, RejectionCode code, String... place) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> edited.of(queue, text, EVENT))
                .satisfies(error -> assertThat(error.code()).isEqualTo(code))
                .satisfies(error -> assertThat(error.detail()).contains(place));
    }

    @Test
    void theEventGetsANewIdAndEverythingElseStaysAsItWasWritten() {
        EditedEvent event = edited.of(REQUESTS, EVENT, EVENT);

        assertThat(event.body()).isEqualTo(EVENT.replace("\"old\\u0021\"", "\"" + ID + "\""));
        assertThat(event.id()).isEqualTo(ID);
        assertThat(event.formerId()).isEqualTo("old!");
    }

    @Test
    void aTaskThatSendsTheLetterAgainUsesTheSameId() {
        UUID task = UUID.fromString("019a1b2c-0000-7000-8000-000000000001");
        UUID other = UUID.fromString("019a1b2c-0000-7000-8000-000000000002");

        EditedEvent event = edited.of(REQUESTS, EVENT, EVENT, task);

        assertThat(edited.of(REQUESTS, EVENT, EVENT, task)).isEqualTo(event);
        assertThat(edited.of(REQUESTS, EVENT, EVENT, other).id()).isNotEqualTo(event.id());
        assertThat(event.body()).contains(String.valueOf(event.id()));
    }

    @Test
    void theNoteSaysThatMailsAreNotRecognisedAndThatTheSenderIsAnother() {
        assertThat(edited.of(REQUESTS, EVENT, EVENT).note())
                .contains("who has a mail of the original gets another one", "attache.sources.crm.sender-ids");
    }

    @Test
    void aWrappedEventIsEditedAndSentWithoutItsWrapping() {
        String wrapped = JsonMapper.shared().writeValueAsString(Map.of("Type", "Notification", "Message", EVENT));

        assertThat(edited.editable(wrapped)).isEqualTo(EVENT);
        assertThat(edited.of(REQUESTS, wrapped, wrapped).body()).contains(ID).doesNotContain("Notification");
    }

    @Test
    void theEventInAnEventOfEventBridgeIsEdited() {
        String wrapped = "{\"detail-type\":\"x\",\"source\":\"my.app\",\"detail\":" + EVENT + "}";

        assertThat(edited.editable(wrapped)).startsWith("{\"data\":{").doesNotContain("detail-type");
        assertThat(edited.of(REQUESTS, edited.editable(wrapped), wrapped).body())
                .contains(ID);
    }

    @Test
    void aLetterThatIsNotJsonCanBeEdited() {
        assertThat(edited.editable("{\"id\": oops")).isEqualTo("{\"id\": oops");
        assertThat(edited.of(REQUESTS, EVENT, "{\"id\": oops").id()).isEqualTo(ID);
    }

    @Test
    void secretsAreHiddenAndPutBack() {
        String url = "https://b.example/k?X-Amz-Signature=0123";
        String body = EVENT.replace("\"extra\": 1.10", "\"extra\": \"" + url + "\"");

        assertThat(edited.editable(body)).contains("\"extra\": \"attache-hidden-1\"");
        assertThat(edited.of(REQUESTS, edited.editable(body), body).body()).contains(url);
    }

    @Test
    void faultsAreNamedWithTheirPlace() {
        assertRefused(REQUESTS, EVENT.replace("\"1.0\",", "\"1.0\""), RejectionCode.MALFORMED, "line 4", "column");
        assertRefused(REQUESTS, EVENT.replace("ana@", "ana"), RejectionCode.ADDRESS_INVALID, "recipients");
        assertRefused(
                REQUESTS,
                EVENT.replace("\"download\"", "\"up\""),
                RejectionCode.CONTRACT_VIOLATION,
                "$.data.direction");
        assertRefused(
                REQUESTS,
                EVENT.replace("attachment.requested", "purchase.completed"),
                RejectionCode.UNKNOWN_TYPE,
                "$.type must be one of",
                "attachment.requested");
        assertRefused(REQUESTS, "", RejectionCode.MALFORMED, "empty");
        assertRefused("others", EVENT, RejectionCode.UNKNOWN_TYPE, "others");
    }

    @Test
    void anEventWithoutIdOrWithAnotherKindOfIdIsRefused() {
        Stream.of("\"x\" : \"old\"", "\"id\" : 17", "\"id\" : null", "\"id\" : \"\"")
                .forEach(id -> assertRefused(
                        REQUESTS,
                        EVENT.replace("\"id\" : \"old\\u0021\"", id),
                        RejectionCode.CONTRACT_VIOLATION,
                        "id"));
    }

    @Test
    void aNotificationOfS3HasNoIdAndIsValidated() {
        String notification = """
            {"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},"object":{"key":"uploads/x","eTag":"e"}}}]}\
            """;

        assertThat(edited.of(OBJECTS, notification, notification))
                .isEqualTo(new EditedEvent(notification, null, null, "A notification of S3 has no id"));
        assertRefused(OBJECTS, notification.replace("ObjectCreated", "\n"), RejectionCode.MALFORMED, "line");
        assertRefused(OBJECTS, notification.replace("\"key\"", "\"k\""), RejectionCode.CONTRACT_VIOLATION, "key");
    }
}
