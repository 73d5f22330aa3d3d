package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.source.SenderIds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;

/** Requests whose recipients are listed in an object. */
class RecipientListsTests extends AttachmentRequestedTestBase {

    @Test
    void partsOfALargeAudienceGiveEachRecipientOneLink() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1050; i++) {
            lines.append(
                            i % 2 == 0
                                    ? "{\"address\":\"r" + i + "@example.com\",\"name\":\"R\"}"
                                    : "r" + i + "@example.com")
                    .append('\n');
        }
        bucket.with("downloads/crm/people.ndjson", lines + "r7@example.com\n\n")
                .with("downloads/crm/c.pdf", 1, "application/pdf", "e");
        AudiencePartHandler parts = new AudiencePartHandler(codec, OnePolicy.SOURCES, links, new SenderIds(List.of()));

        List<Message<byte[]>> messages = request("""
            {"direction":"download","channel":"email","recipientList":{"key":"downloads/crm/people.ndjson"},
             "attachment":{"key":"downloads/crm/c.pdf"}}\
            """);

        assertThat(messages)
                .hasSize(11)
                .allSatisfy(message -> assertThat(message.getHeaders())
                        .containsEntry("spring.cloud.stream.sendto.destination", "parts"));
        List<CloudEvent<LinkIssued>> issued = messages.stream()
                .flatMap(part -> all(parts.apply(part)).stream())
                .map(this::issued)
                .toList();
        assertThat(issued).hasSize(1050);
        assertThat(issued).extracting(CloudEvent::id).doesNotHaveDuplicates();
        assertThat(issued).extracting(event -> event.data().requestId()).containsOnly("r-1");
    }

    @Test
    void recipientOfAListGetsTheSameIdAsARecipientOfTheRequest() {
        bucket.with("downloads/crm/people.ndjson", "ana@example.com")
                .with("downloads/crm/c.pdf", 1, "application/pdf", "e");

        Message<byte[]> part = request("""
            {"direction":"download","channel":"email","recipientList":{"key":"downloads/crm/people.ndjson"},
             "attachment":{"key":"downloads/crm/c.pdf"}}\
            """).getFirst();
        Message<byte[]> inline = request("""
            {"direction":"download","channel":"email","recipients":["ana@example.com"],
             "attachment":{"key":"downloads/crm/c.pdf"}}\
            """).getFirst();

        AudiencePartHandler parts = new AudiencePartHandler(codec, OnePolicy.SOURCES, links, new SenderIds(List.of()));
        assertThat(issued(all(parts.apply(part)).getFirst()).id())
                .isEqualTo(issued(inline).id());
    }

    @Test
    void invalidLineRejectsTheWholeListAndIsNamed() {
        bucket.with("downloads/crm/people.ndjson", "ana@example.com\nnobody\n")
                .with("downloads/crm/c.pdf", 1, "application/pdf", "e");

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> request("""
                    {"direction":"download","channel":"email","recipientList":{"key":"downloads/crm/people.ndjson"},
                     "attachment":{"key":"downloads/crm/c.pdf"}}\
                    """))
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo(RejectionCode.ADDRESS_INVALID);
                    assertThat(error.detail()).contains("line 2");
                });
    }

    @Test
    void listThatIsTooLongIsRejected() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i <= AudienceSplitter.MOST; i++) {
            lines.append("r").append(i).append("@example.com\n");
        }
        bucket.with("downloads/crm/people.ndjson", lines.toString())
                .with("downloads/crm/c.pdf", 1, "application/pdf", "e");

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> request("""
                    {"direction":"download","channel":"email","recipientList":{"key":"downloads/crm/people.ndjson"},
                     "attachment":{"key":"downloads/crm/c.pdf"}}\
                    """))
                .satisfies(error -> assertThat(error.code()).isEqualTo(RejectionCode.TOO_MANY_RECIPIENTS));
    }
}
