package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventIds;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;

class AttachmentRequestedHandlerTests extends AttachmentRequestedTestBase {

    @Test
    void downloadGivesEachRecipientOneLinkWithSizeAndType() {
        bucket.with("downloads/crm/c.pdf", 48_211, "application/pdf", "e1");

        List<Message<byte[]>> messages = request("""
            {"direction":"download","channel":"email","expiresIn":"PT2H",
             "recipients":[{"address":"ana@example.com","name":"Ana"},{"address":"bo@example.com"},"ANA@example.com"],
             "attachment":{"key":"downloads/crm/c.pdf"},"message":{"subject":"Your contract"}}\
            """);

        assertThat(messages).hasSize(2);
        assertThat(messages.getFirst().getHeaders())
                .containsEntry("type", "link.issued")
                .containsEntry("source", "crm")
                .containsEntry("channel", "email")
                .containsEntry("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .doesNotContainKey("spring.cloud.stream.sendto.destination");
        CloudEvent<LinkIssued> first = issued(messages.getFirst());
        assertThat(first.subject()).isEqualTo("s-1");
        assertThat(first.data().requestId()).isEqualTo("r-1");
        assertThat(first.data().purpose()).isEqualTo(LinkIssued.Purpose.DOWNLOAD);
        assertThat(first.data().recipient().address()).isEqualTo("ana@example.com");
        assertThat(first.data().links()).singleElement().satisfies(link -> {
            assertThat(link.rel()).isEqualTo(Link.Rel.DOWNLOAD);
            assertThat(link.method()).isEqualTo("GET");
            assertThat(link.url().reveal())
                    .isEqualTo("https://s3.example/attache/downloads/crm/c.pdf?signed=fake&x-attache-delivery="
                            + first.id());
            assertThat(link.fileName()).isEqualTo("c.pdf");
            assertThat(link.contentLength()).isEqualTo(48_211);
            assertThat(link.contentType()).isEqualTo("application/pdf");
            assertThat(link.expiresAt()).isEqualTo("2026-11-21T11:00:00Z");
        });
        assertThat(issued(messages.getLast()).data().recipient().address()).isEqualTo("bo@example.com");
    }

    @Test
    void twoSpellingsOfADomainAreOneRecipient() {
        bucket.with("downloads/crm/c.pdf", 1, "application/pdf", "e1");
        String data = """
            {"direction":"download","channel":"email","recipients":[%s],"attachment":{"key":"downloads/crm/c.pdf"}}\
            """;

        List<Message<byte[]>> messages = request(data.formatted(
                "\"ana@faß.example\",\"Ana@xn--fa-hia.example\",\"ana@FASS.example\",\"ana@fass。example\""));

        assertThat(messages.stream()
                        .map(message -> issued(message).data().recipient().address()))
                .containsExactly("ana@faß.example", "ana@FASS.example");
        assertThat(issued(messages.getFirst()).id())
                .isEqualTo(EventIds.derive("crm", "r-1", "link.issued", "ana@faß.example")
                        .toString());
    }

    @Test
    void redeliveredEventPublishesTheSameIds() {
        bucket.with("downloads/crm/c.pdf", 1, "application/pdf", "e1");
        String data = """
            {"direction":"download","channel":"email","recipients":["ana@example.com","bo@example.com"],
             "attachment":{"key":"downloads/crm/c.pdf"}}\
            """;

        List<String> first =
                request(data).stream().map(message -> issued(message).id()).toList();
        List<String> again =
                request(data).stream().map(message -> issued(message).id()).toList();

        assertThat(first).doesNotHaveDuplicates().isEqualTo(again);
    }

    @Test
    void channelEventGivesOneLinkWithoutARecipient() {
        bucket.with("downloads/crm/c.pdf", 1, "application/pdf", "e1");

        assertThat(request("""
            {"direction":"download","channel":"event","attachment":{"key":"downloads/crm/c.pdf"}}\
            """)).singleElement().satisfies(message -> {
            assertThat(message.getHeaders()).containsEntry("channel", "event");
            assertThat(issued(message).data().recipient()).isNull();
            assertThat(issued(message).data().channel()).isEqualTo(Channel.EVENT);
        });
    }

    @Test
    void linkToAnUploadedFileHasTheNameFromItsMetadata() {
        String key = "uploads/crm/4c1f2f4e-0a55-5a0e-9d5c-0b7a3f1f2e3d/1";
        bucket.with(key, 500, "application/pdf", "e1").named(key, "Übersicht.pdf");
        bucket.with("downloads/crm/c.pdf", 42, "application/pdf", "e1").named("downloads/crm/c.pdf", "else.pdf");

        assertThat(linkTo(key).fileName()).isEqualTo("Übersicht.pdf");
        assertThat(linkTo("downloads/crm/c.pdf").fileName()).isEqualTo("c.pdf");
    }

    private Link linkTo(String key) {
        return issued(request("{\"direction\":\"download\",\"channel\":\"event\",\"attachment\":{\"key\":\"" + key
                                + "\"}}")
                        .getFirst())
                .data()
                .links()
                .getFirst();
    }

    @Test
    void missingObjectIsRejected() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> request("""
                    {"direction":"download","channel":"event","attachment":{"key":"downloads/crm/none.pdf"}}\
                    """))
                .satisfies(error -> assertThat(error.code()).isEqualTo(RejectionCode.OBJECT_NOT_FOUND));
    }

    @Test
    void longKeyGivesAShortenedFileName() {
        String key = "downloads/crm/" + "k".repeat(900) + ".pdf";
        bucket.with(key, 1, "application/pdf", "e");

        LinkIssued issued = issued(request("""
            {"direction":"download","channel":"event","attachment":{"key":"%s"}}\
            """.formatted(key)).getFirst()).data();

        assertThat(issued.links().getFirst().object().key()).isEqualTo(key);
        assertThat(issued.links().getFirst().fileName())
                .hasSize(200)
                .endsWith("k.pdf")
                .isEqualTo(issued.links().getFirst().title());
    }

    @Test
    void unknownSourceIsRejected() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> requests.apply(message(event("attachment.requested", "stranger", """
                    {"direction":"download","channel":"event","attachment":{"key":"downloads/crm/c.pdf"}}\
                    """))))
                .satisfies(error -> assertThat(error.code()).isEqualTo(RejectionCode.SOURCE_NOT_ALLOWED));
    }
}
