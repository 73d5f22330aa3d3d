package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.link.LinkDownloaded;
import dev.attache.contract.link.LinkRevoked;
import dev.attache.contract.value.Recipient;
import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.ReceivedMail;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Upstream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@SandboxTest
class DownloadFlowIT {

    @Autowired
    Upstream upstream;

    @Autowired
    Mailbox mailbox;

    @Test
    void aRequestCausesAMailWithALinkToAPageThatDownloadsTheFileWithItsName() {
        String ana = Recipients.someone();

        upstream.send("attachment-requests", Events.attachmentRequested(Events.newId(), "crm", """
            {"direction":"download","channel":"email",
             "recipients":[{"address":"%s","name":"Ana Lima","locale":"pt-BR","timeZone":"America/Sao_Paulo"}],
             "attachment":{"key":"downloads/crm/contract-4711.pdf","fileName":"Contrato São João.pdf"},"expiresIn":"PT24H",
             "message":{"subject":"Your contract","text":"Please find your contract below."}}\
            """.formatted(ana)));

        ReceivedMail mail = mailbox.await(ana);
        assertThat(mail.subject()).isEqualTo("Your contract");
        assertThat(mail.text()).contains("Please find your contract below.", "Ana Lima", "Contrato São João.pdf");
        String page = mail.links().getFirst();
        assertThat(mail.linksInText()).contains(page);
        assertThat(mail.html()).doesNotContain("X-Amz-Signature");
        HttpResponse<byte[]> shown = Recipients.get(page);
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).asString(StandardCharsets.UTF_8).contains("Contrato São João.pdf");
        HttpResponse<byte[]> file = Recipients.download(page, 0);
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body()).startsWith('%', 'P', 'D', 'F');
        assertThat(file.headers().firstValue("content-disposition"))
                .hasValueSatisfying(disposition -> assertThat(disposition)
                        .startsWith("attachment; filename=\"")
                        .contains("filename*=UTF-8''Contrato%20S%C3%A3o%20Jo%C3%A3o.pdf"));
    }

    @Test
    @Tag("signatures")
    void aMailOfASourceWithDirectLinksLinksToS3AndNamesItsDelivery() {
        String ana = Recipients.someone();

        upstream.send("attachment-requests", Events.attachmentRequested(Events.newId(), "desk", """
            {"direction":"download","channel":"email","recipients":["%s"],
             "attachment":{"key":"downloads/crm/contract-4711.pdf"}}\
            """.formatted(ana)));

        ReceivedMail mail = mailbox.await(ana);
        String link = mail.links().getFirst();
        String delivery = Events.read(upstream.awaitContaining("deliveries-inbox", ana), EventType.LINK_ISSUED)
                .id();
        assertThat(mail.linksInText()).contains(link);
        assertThat(link).contains("x-attache-delivery=" + delivery + "&");
        assertThat(Recipients.get(link).statusCode()).isEqualTo(200);
        assertThat(Recipients.get(link.replace(delivery, Events.newId())).statusCode())
                .isEqualTo(403);
    }

    @Test
    void aPressIsPublishedAndARevokedRequestClosesItsPage() {
        String id = Events.newId();
        String ana = Recipients.someone();
        upstream.send("attachment-requests", Events.attachmentRequested(id, "crm", """
            {"direction":"download","channel":"email","recipients":["%s"],
             "attachment":{"key":"downloads/crm/contract-4711.pdf"},"page":{"maxDownloads":2}}\
            """.formatted(ana)));
        String page = mailbox.await(ana).links().getFirst();

        assertThat(Recipients.download(page, 0).statusCode()).isEqualTo(200);
        LinkDownloaded downloaded = Events.read(published("link.downloaded", id), EventType.LINK_DOWNLOADED)
                .data();
        assertThat(downloaded.recipient()).isEqualTo(new Recipient(ana));
        assertThat(downloaded.object().key()).isEqualTo("downloads/crm/contract-4711.pdf");

        upstream.send(
                "attachment-requests",
                Events.event(Events.newId(), "link.revoke.requested", "crm", "{\"requestId\":\"" + id + "\"}"));
        LinkRevoked revoked = Events.read(published("link.revoked", id), EventType.LINK_REVOKED)
                .data();
        assertThat(revoked.requestId()).isEqualTo(id);
        assertThat(revoked.signedLinksUntil()).isAfter(revoked.revokedAt());
        assertThat(Recipients.get(page).statusCode()).isEqualTo(410);
        assertThat(Recipients.press(page, 0).statusCode()).isEqualTo(410);
    }

    private Upstream.ReadMessage published(String type, String requestId) {
        return upstream.await(
                "attachment-events-inbox",
                message -> message.body().contains(requestId)
                        && type.equals(message.attributes().get("type")));
    }

    @Test
    void theEventChannelPublishesTheLinkAndSendsNoMail() {
        String id = Events.newId();
        Instant before = Instant.now();

        upstream.send("attachment-requests", Events.attachmentRequested(id, "desk", """
            {"direction":"download","channel":"event","expiresIn":"PT1H","attachment":{"key":"downloads/crm/contract-4711.pdf"}}\
            """));

        var message = upstream.awaitContaining("deliveries-inbox", id);
        assertThat(message.attributes())
                .containsEntry("channel", "event")
                .containsEntry("source", "desk")
                .containsEntry("type", "link.issued");
        LinkIssued issued = Events.read(message, EventType.LINK_ISSUED).data();
        assertThat(issued.recipient()).isNull();
        assertThat(issued.links()).singleElement().satisfies(link -> {
            HttpResponse<byte[]> file = Recipients.get(link.url().reveal());
            assertThat(file.statusCode()).isEqualTo(200);
            assertThat(link.contentLength()).isEqualTo(file.body().length);
            assertThat(link.contentType())
                    .isEqualTo(file.headers().firstValue("content-type").orElseThrow());
            assertThat(link.expiresAt())
                    .isBetween(
                            before.plus(Duration.ofMinutes(59)), Instant.now().plus(Duration.ofHours(1)));
        });
    }

    @Test
    void messageAttributesOfARequestAreNotPublishedWithItsLink() {
        String id = Events.newId();

        upstream.send(
                "attachment-requests",
                Events.attachmentRequested(id, "desk", """
                    {"direction":"download","channel":"event","attachment":{"key":"downloads/crm/contract-4711.pdf"}}\
                    """),
                Map.of("mine", "m", "JavaType", "java.lang.Runtime", "Sqs_ReceiptHandle", "h"));

        assertThat(upstream.awaitContaining("deliveries-inbox", id).attributes())
                .containsKeys("type", "source", "channel")
                .allSatisfy((name, value) -> assertThat(name).isIn("type", "source", "channel", "traceparent"));
    }

    @Test
    void eachOfFiveHundredRecipientsGetsOneMail() {
        String domain = Events.newId() + ".example.com";
        StringBuilder recipients = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            recipients
                    .append(i == 0 ? "" : ",")
                    .append("\"r")
                    .append(i)
                    .append('@')
                    .append(domain)
                    .append('"');
        }

        upstream.send(
                "attachment-requests", Events.attachmentRequested(Events.newId(), "crm", """
                    {"direction":"download","channel":"email","recipients":[%s],
                     "attachment":{"key":"downloads/crm/contract-4711.pdf"}}\
                    """.formatted(recipients)));

        for (int i = 0; i < 500; i++) {
            mailbox.await("r" + i + "@" + domain);
        }
        upstream.awaitDrained("attachment-requests");
        upstream.awaitDrained("email-deliveries");
        for (int i = 0; i < 500; i++) {
            assertThat(mailbox.mails("r" + i + "@" + domain)).hasSize(1);
        }
    }

    @Test
    @Tag("signatures")
    void aLinkWithAnotherKeyIsRefused() {
        String id = Events.newId();
        upstream.send("attachment-requests", Events.attachmentRequested(id, "desk", """
            {"direction":"download","channel":"event","attachment":{"key":"downloads/crm/contract-4711.pdf"}}\
            """));
        LinkIssued issued = Events.read(upstream.awaitContaining("deliveries-inbox", id), EventType.LINK_ISSUED)
                .data();

        String forged = issued.links()
                .getFirst()
                .url()
                .reveal()
                .replace("downloads/crm/contract-4711.pdf", "downloads/shop/streams.epub");

        assertThat(Recipients.get(forged).statusCode()).isEqualTo(403);
    }
}
