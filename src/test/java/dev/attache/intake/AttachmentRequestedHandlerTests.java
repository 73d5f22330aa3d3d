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
import dev.attache.ledger.OpenUpload;
import dev.attache.source.SenderIds;
import dev.attache.upload.PaperSigner;
import dev.attache.upload.UploadOpener;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;

class AttachmentRequestedHandlerTests extends IntakeTestBase {

    private final AttachmentRequestedHandler requests = new AttachmentRequestedHandler(
            codec,
            OnePolicy.SOURCES,
            downloads,
            uploads,
            new AudienceSplitter(bucket, codec, clock),
            new SenderIds(List.of()),
            clock);

    private List<Message<byte[]>> request(String data) {
        return all(requests.apply(message(event("attachment.requested", "crm", data))));
    }

    @Test
    void aDownloadGivesEachRecipientOneLinkWithTheObjectsSizeAndType() {
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
            assertThat(link.url().reveal()).isEqualTo("https://s3.example/attache/downloads/crm/c.pdf?signed=on-paper");
            assertThat(link.fileName()).isEqualTo("c.pdf");
            assertThat(link.contentLength()).isEqualTo(48_211);
            assertThat(link.contentType()).isEqualTo("application/pdf");
            assertThat(link.expiresAt()).isEqualTo("2026-11-21T11:00:00Z");
        });
        assertThat(issued(messages.getLast()).data().recipient().address()).isEqualTo("bo@example.com");
    }

    @Test
    void twoSpellingsOfOneDomainAreOneRecipientAndTheFirstGivesTheId() {
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
    void theSameEventAgainGivesTheSameIdsAndEachRecipientAnother() {
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
    void theEventChannelGivesOneLinkForNobodyInParticular() {
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
    void anUploadIsRecordedAndLinksToItsPage() {
        List<Message<byte[]>> messages = request("""
            {"direction":"upload","channel":"email","recipients":["ana@example.com","bo@example.com"],"expiresIn":"PT48H",
             "upload":{"contentTypes":["application/pdf","image/png"]},"notify":["desk@example.com"]}\
            """);

        assertThat(messages).hasSize(2);
        assertThat(ledger.uploads).hasSize(2);
        LinkIssued issued = issued(messages.getFirst()).data();
        assertThat(issued.purpose()).isEqualTo(LinkIssued.Purpose.UPLOAD);
        assertThat(issued.upload().contentTypes()).containsExactly("application/pdf", "image/png");
        assertThat(issued.links()).singleElement().satisfies(link -> {
            assertThat(link.rel()).isEqualTo(Link.Rel.UPLOAD_PAGE);
            assertThat(link.url().reveal()).startsWith("https://attache.example/u/");
            assertThat(link.expiresAt()).isEqualTo("2026-11-23T09:00:00Z");
            assertThat(ledger.findByPage(link.url().reveal().substring("https://attache.example/u/".length())))
                    .hasValueSatisfying(upload -> {
                        assertThat(upload.recipient().address()).isEqualTo("ana@example.com");
                        assertThat(upload.toNotify()).extracting("address").containsExactly("desk@example.com");
                        assertThat(upload.expiresAt()).isEqualTo("2026-11-23T09:00:00Z");
                    });
        });
    }

    @Test
    void aRedeliveredUploadRequestLinksToTheSamePageAsBefore() {
        String data = """
            {"direction":"upload","channel":"email","recipients":["ana@example.com"],
             "upload":{"contentTypes":["application/pdf"]}}\
            """;

        String first =
                issued(request(data).getFirst()).data().links().getFirst().url().reveal();
        String again =
                issued(request(data).getFirst()).data().links().getFirst().url().reveal();

        assertThat(again).isEqualTo(first);
        assertThat(ledger.uploads).hasSize(1);
    }

    private static final String KNOWN_UPLOAD = """
        {"direction":"upload","channel":"event","expiresIn":"PT2H",
         "upload":{"contentTypes":["image/png"],"contentLength":512,"fileName":"avatar.png"}}\
        """;

    private List<Link> requestAgainAfter(Duration time) {
        Clock later = Clock.offset(clock, time);
        var again = new AttachmentRequestedHandler(
                codec,
                OnePolicy.SOURCES,
                downloads,
                new UploadOpener(
                        ledger, new PaperSigner(later), () -> "e".repeat(32), "https://attache.example/u/", later),
                new AudienceSplitter(bucket, codec, later),
                new SenderIds(List.of()),
                later);
        return issued(all(again.apply(message(event("attachment.requested", "crm", KNOWN_UPLOAD))))
                        .getFirst())
                .data()
                .links();
    }

    @Test
    void aRedeliveredUploadRequestGivesNoMoreTimeThanTheFirst() {
        request(KNOWN_UPLOAD);

        assertThat(requestAgainAfter(Duration.ofMinutes(119).plusSeconds(30)))
                .hasSize(2)
                .extracting(Link::expiresAt)
                .containsOnly(NOW.plus(Duration.ofHours(2)));
    }

    @Test
    void anUploadRequestThatComesAgainAfterItsEndIsRejected() {
        request(KNOWN_UPLOAD);

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> requestAgainAfter(Duration.ofHours(2)))
                .withMessageContaining("2026-11-21T11:00:00Z")
                .withMessageContaining("new event")
                .satisfies(error -> assertThat(error.code()).isEqualTo(RejectionCode.LINK_EXPIRED));
    }

    @Test
    void anUploadRequestThatComesAgainAfterItsEndAndItsFileLinksToThePageAlone() {
        request(KNOWN_UPLOAD);
        ledger.uploads.replaceAll((id, upload) -> upload.withArrival(
                new OpenUpload.Arrival("uploads/crm/" + id + "/avatar.png", null, "e", null, 512, "image/png", NOW)));

        assertThat(requestAgainAfter(Duration.ofHours(3))).extracting(Link::rel).containsExactly(Link.Rel.UPLOAD_PAGE);
    }

    @Test
    void anUploadOfExactlyKnownSizeAndTypeCarriesAReadyPutAsWell() {
        LinkIssued issued = issued(request("""
            {"direction":"upload","channel":"event",
             "upload":{"contentTypes":["image/png"],"contentLength":512,"fileName":"avatar.png"}}\
            """).getFirst()).data();

        assertThat(issued.links()).extracting(Link::rel).containsExactly(Link.Rel.UPLOAD, Link.Rel.UPLOAD_PAGE);
        Link put = issued.links().getFirst();
        assertThat(put.method()).isEqualTo("PUT");
        assertThat(put.headers()).containsEntry("content-type", "image/png").containsEntry("content-length", "512");
        assertThat(put.object().key()).matches("uploads/crm/[0-9a-f-]{36}/1");
        assertThat(put.fileName()).isEqualTo("avatar.png");
    }

    @Test
    void aReadyLinkOfARequestThatComesAgainIsForTheNextNumberOnceAFileWasRefused() {
        request(KNOWN_UPLOAD);
        ledger.uploads.replaceAll((id, upload) -> upload.withFile(
                new OpenUpload.ChosenFile("avatar.png", "uploads/crm/" + id + "/1", "text/html", 512, true)));

        assertThat(requestAgainAfter(Duration.ofMinutes(1)).getFirst().object().key())
                .endsWith("/2");
    }

    @Test
    void aLinkToAnUploadedFileHasTheNameThatItsMetadataSay() {
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
    void anUploadOfKnownLargestSizeCarriesAFormAsWell() {
        LinkIssued issued = issued(request("""
            {"direction":"upload","channel":"event","upload":{"contentTypes":["image/png"],"maxBytes":512}}\
            """).getFirst()).data();

        assertThat(issued.links().getFirst().method()).isEqualTo("POST");
        assertThat(issued.links().getFirst().fields()).containsKey("key");
    }

    @Test
    void aMissingObjectIsSaidToBeMissing() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> request("""
                    {"direction":"download","channel":"event","attachment":{"key":"downloads/crm/none.pdf"}}\
                    """))
                .satisfies(error -> assertThat(error.code()).isEqualTo(RejectionCode.OBJECT_NOT_FOUND));
    }

    @Test
    void aKeyWithAVeryLongLastPartGivesAShorterNameOfTheSameKind() {
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
    void anUnknownSourceIsRejected() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> requests.apply(message(event("attachment.requested", "stranger", """
                    {"direction":"download","channel":"event","attachment":{"key":"downloads/crm/c.pdf"}}\
                    """))))
                .satisfies(error -> assertThat(error.code()).isEqualTo(RejectionCode.SOURCE_NOT_ALLOWED));
    }

    @Test
    void aLargeAudienceIsCutIntoPartsThatTogetherGiveEachRecipientOneLink() {
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
        AudiencePartHandler parts =
                new AudiencePartHandler(codec, OnePolicy.SOURCES, requests, new SenderIds(List.of()));

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
    void aRecipientOfAListGetsTheSameIdAsOneWhoStandsInTheRequest() {
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

        AudiencePartHandler parts =
                new AudiencePartHandler(codec, OnePolicy.SOURCES, requests, new SenderIds(List.of()));
        assertThat(issued(all(parts.apply(part)).getFirst()).id())
                .isEqualTo(issued(inline).id());
    }

    @Test
    void aBadLineRejectsTheWholeListAndIsNamed() {
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
    void aListThatIsTooLongIsRejected() {
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
