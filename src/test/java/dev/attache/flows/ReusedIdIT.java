package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.RequestRejected;
import dev.attache.contract.value.RejectionCode;
import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Upstream;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Two events with one id and different content: the second is rejected if it would otherwise be ignored, and nothing
 * else changes.
 */
@SandboxTest
class ReusedIdIT {

    @Autowired
    Upstream upstream;

    @Autowired
    Mailbox mailbox;

    private static String download(String id, String text, String... recipients) {
        return Events.attachmentRequested(id, "crm", """
            {"direction":"download","channel":"email","recipients":["%s"],"attachment":{"key":"downloads/crm/contract-4711.pdf"},
             "message":{"text":"%s"}}\
            """.formatted(String.join("\",\"", recipients), text));
    }

    private void send(String body, String deliveries) {
        upstream.send("attachment-requests", body);
        upstream.awaitDrained("attachment-requests");
        upstream.awaitDrained(deliveries);
    }

    /** By id: an event that is published twice with one id counts once. */
    private List<RequestRejected> rejections(String requestId) {
        return upstream.messages("attachment-events-inbox").stream()
                .filter(message -> message.body().contains(requestId))
                .filter(message ->
                        "request.rejected".equals(message.attributes().get("type")))
                .map(message -> Events.read(message, EventType.REQUEST_REJECTED))
                .collect(Collectors.toMap(CloudEvent::id, CloudEvent::data, (one, same) -> one))
                .values()
                .stream()
                .toList();
    }

    @Test
    void ofTwoRequestsWithOneIdEachRecipientGetsOneMailAndARecipientOfBothCausesARejection() {
        String id = Events.newId();
        String ana = Recipients.someone();
        String bo = Recipients.someone();
        String cleo = Recipients.someone();

        send(download(id, "The first text.", ana, bo), "email-deliveries");
        mailbox.await(ana);
        mailbox.await(bo);
        String second = download(id, "The second text.", bo, cleo);
        send(second, "email-deliveries");
        mailbox.await(cleo);
        upstream.awaitDeadLetter("email-deliveries", id);
        send(second, "email-deliveries");
        send(download(id, "The first text.", ana, bo), "email-deliveries");

        assertThat(mailbox.mails(ana))
                .singleElement()
                .satisfies(mail -> assertThat(mail.text()).contains("The first text."));
        assertThat(mailbox.mails(bo))
                .singleElement()
                .satisfies(mail -> assertThat(mail.text()).contains("The first text."));
        assertThat(mailbox.mails(cleo))
                .singleElement()
                .satisfies(mail -> assertThat(mail.text()).contains("The second text."));
        assertThat(rejections(id)).singleElement().satisfies(rejected -> {
            assertThat(rejected.code()).isEqualTo(RejectionCode.ID_REUSED);
            assertThat(rejected.requestId()).isEqualTo(id);
            assertThat(rejected.source()).isEqualTo("crm");
            assertThat(rejected.queue()).isEqualTo("email-deliveries");
        });
        assertThat(upstream.messages("email-deliveries-dlq"))
                .filteredOn(deadLetter -> deadLetter.body().contains(id))
                .isNotEmpty()
                .allSatisfy(deadLetter -> assertThat(deadLetter.body()).contains(bo, "The second text."));
        assertThat(upstream.messages("attachment-requests-dlq"))
                .noneMatch(deadLetter -> deadLetter.body().contains(id));
    }

    @Test
    void eachFurtherContentCausesItsOwnRejection() {
        String id = Events.newId();
        String ana = Recipients.someone();
        send(download(id, "One.", ana), "email-deliveries");
        mailbox.await(ana);

        send(download(id, "Two.", ana), "email-deliveries");
        send(download(id, "Three.", ana), "email-deliveries");

        assertThat(rejections(id)).hasSize(2);
        assertThat(mailbox.mails(ana)).hasSize(1);
    }

    @Test
    void aPurchaseAndARequestWithOneIdAreBothMailed() {
        String id = Events.newId();
        String bo = Recipients.someone();
        String purchase = Events.event(id, "purchase.completed", "shop", """
            {"orderId":"1001","purchasedAt":"2026-11-21T09:00:00Z","customer":"%s",
             "items":[{"sku":"e","title":"Streams in Practice","attachment":{"key":"downloads/shop/streams.epub"}}]}\
            """.formatted(bo));

        upstream.send("purchases-completed", purchase);
        mailbox.await(bo);
        upstream.send("attachment-requests", Events.attachmentRequested(id, "shop", """
            {"direction":"download","channel":"email","recipients":["%s"],"attachment":{"key":"downloads/shop/streams.epub"}}\
            """.formatted(bo)));

        assertThat(mailbox.await(bo, 2)).hasSize(2);
        upstream.send("purchases-completed", purchase);
        upstream.awaitDrained("purchases-completed");
        upstream.awaitDrained("email-deliveries");
        assertThat(mailbox.mails(bo)).hasSize(2);
        assertThat(rejections(id)).isEmpty();
    }

    @Test
    void anUploadWithTheSameIdAndOtherTermsIsRejectedBeforeAMailIsSent() {
        String id = Events.newId();
        String ana = Recipients.someone();
        String upload = """
            {"direction":"upload","channel":"email","recipients":["%s"],"upload":{"contentTypes":["%s"],"maxBytes":1000}}\
            """;
        send(Events.attachmentRequested(id, "crm", upload.formatted(ana, "application/pdf")), "email-deliveries");
        mailbox.await(ana);

        upstream.send("attachment-requests", Events.attachmentRequested(id, "crm", upload.formatted(ana, "image/png")));

        assertThat(upstream.awaitDeadLetter("attachment-requests", id).attributes())
                .containsEntry("attache-code", "ID_REUSED");
        upstream.awaitDrained("email-deliveries");
        assertThat(rejections(id))
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo(RejectionCode.ID_REUSED));
        assertThat(mailbox.mails(ana)).hasSize(1);
    }

    @Test
    void ofTwoUploadRequestsWithOneIdEachRecipientGetsOneMailAndARecipientOfBothCausesARejection() {
        String id = Events.newId();
        String ana = Recipients.someone();
        String bo = Recipients.someone();
        String cleo = Recipients.someone();
        String upload = """
            {"direction":"upload","channel":"email","recipients":["%s","%s"],"upload":{"contentTypes":["application/pdf"],"maxBytes":1000},
             "message":{"text":"%s"}}\
            """;

        send(Events.attachmentRequested(id, "crm", upload.formatted(ana, bo, "The first text.")), "email-deliveries");
        mailbox.await(ana);
        mailbox.await(bo);
        String second = Events.attachmentRequested(id, "crm", upload.formatted(bo, cleo, "The second text."));
        send(second, "email-deliveries");
        mailbox.await(cleo);
        send(second, "email-deliveries");

        assertThat(List.of(ana, bo, cleo))
                .allSatisfy(person -> assertThat(mailbox.mails(person)).hasSize(1));
        assertThat(mailbox.mails(bo).getFirst().text()).contains("The first text.");
        assertThat(mailbox.mails(cleo).getFirst().text()).contains("The second text.");
        assertThat(rejections(id))
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo(RejectionCode.ID_REUSED));
    }
}
