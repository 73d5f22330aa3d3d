package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.UploadBuilder;
import dev.attache.source.SenderIds;
import dev.attache.upload.FakeSigner;
import dev.attache.upload.UploadOpener;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;

class RequestedUploadsTests extends AttachmentRequestedTestBase {

    @Test
    void uploadIsRecordedAndLinksToItsPage() {
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
    void addressOfThePageIsAscii() {
        UploadOpener opener = new IntakeConfiguration()
                .uploads(ledger, signer, clock, URI.create("https://attache.example/\u00fcber/"));
        EventRouter requests = requests(
                OnePolicy.SOURCES,
                new SenderIds(List.of()),
                new RequestedLinks(codec, downloads, issuer, opener, clock),
                clock);

        Message<byte[]> message = all(requests.apply(message(event("attachment.requested", "crm", """
            {"direction":"upload","channel":"email","recipients":["ana@example.com"],
             "upload":{"contentTypes":["application/pdf"]}}\
            """))))
                .getFirst();

        assertThat(issued(message).data().links().getFirst().url().reveal())
                .startsWith("https://attache.example/%C3%BCber/u/");
    }

    @Test
    void redeliveredRequestLinksToTheSamePage() {
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
        UploadOpener opener = new UploadOpener(
                ledger, new FakeSigner(later), () -> "e".repeat(32), "https://attache.example/u/", later);
        EventRouter again = requests(
                OnePolicy.SOURCES,
                new SenderIds(List.of()),
                new RequestedLinks(codec, downloads, issuer, opener, later),
                later);
        return issued(all(again.apply(message(event("attachment.requested", "crm", KNOWN_UPLOAD))))
                        .getFirst())
                .data()
                .links();
    }

    @Test
    void linkAndFormRequestWhatTheSourcesPolicySays() {
        Link put = issued(request(KNOWN_UPLOAD).getFirst()).data().links().getFirst();
        ledger.uploads.clear();
        Link form = issued(request("""
            {"direction":"upload","channel":"event",
             "upload":{"contentTypes":["image/png"],"maxBytes":512}}\
            """).getFirst()).data().links().getFirst();

        assertThat(put.headers()).containsEntry("x-amz-tagging", "source=crm");
        assertThat(form.fields())
                .containsEntry(
                        "tagging",
                        "<Tagging><TagSet><Tag><Key>source</Key><Value>crm</Value></Tag></TagSet></Tagging>");
    }

    /** S3 accepts at most 5 GB at once; the page sends larger files in parts. */
    @Test
    void aFileThatMustBeSentInPartsHasThePageOnly() {
        List<Link> links = issued(request("""
            {"direction":"upload","channel":"event",
             "upload":{"contentTypes":["image/png"],"contentLength":5368709121}}\
            """).getFirst()).data().links();

        assertThat(links)
                .singleElement()
                .satisfies(link -> assertThat(link.url().reveal()).startsWith("https://attache.example/u/"));
    }

    @Test
    void redeliveredRequestDoesNotExtendTheUpload() {
        request(KNOWN_UPLOAD);

        assertThat(requestAgainAfter(Duration.ofMinutes(119).plusSeconds(30)))
                .hasSize(2)
                .extracting(Link::expiresAt)
                .containsOnly(NOW.plus(Duration.ofHours(2)));
    }

    @Test
    void redeliveredRequestIsRejectedAfterTheUploadHasExpired() {
        request(KNOWN_UPLOAD);

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> requestAgainAfter(Duration.ofHours(2)))
                .withMessageContaining("2026-11-21T11:00:00Z")
                .withMessageContaining("new event")
                .satisfies(error -> assertThat(error.code()).isEqualTo(RejectionCode.LINK_EXPIRED));
    }

    @Test
    void redeliveredRequestLinksToThePageAfterTheFileHasArrived() {
        request(KNOWN_UPLOAD);
        ledger.uploads.replaceAll((id, upload) -> UploadBuilder.arrived(
                upload,
                new OpenUpload.Arrival(
                        "uploads/crm/" + id + "/avatar.png", null, "e", null, 512, "image/png", NOW, null)));

        assertThat(requestAgainAfter(Duration.ofHours(3))).extracting(Link::rel).containsExactly(Link.Rel.UPLOAD_PAGE);
    }

    @Test
    void uploadOfAKnownSizeAndTypeHasAPutLink() {
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
    void putLinkUsesTheNextNumberAfterARejectedFile() {
        request(KNOWN_UPLOAD);
        ledger.uploads.replaceAll((id, upload) ->
                upload.withFile(UploadBuilder.file("avatar.png", "uploads/crm/" + id + "/1", "text/html", 512)
                        .asRefused()));

        assertThat(requestAgainAfter(Duration.ofMinutes(1)).getFirst().object().key())
                .endsWith("/2");
    }

    @Test
    void uploadOfAKnownMaximumSizeHasAPostForm() {
        LinkIssued issued = issued(request("""
            {"direction":"upload","channel":"event","upload":{"contentTypes":["image/png"],"maxBytes":512}}\
            """).getFirst()).data();

        assertThat(issued.links().getFirst().method()).isEqualTo("POST");
        assertThat(issued.links().getFirst().fields()).containsKey("key");
    }
}
