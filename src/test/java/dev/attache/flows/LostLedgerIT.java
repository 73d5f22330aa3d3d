package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Link;
import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.ReceivedMail;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.TestAws;
import dev.attache.sandbox.Upstream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import software.amazon.awssdk.services.s3.S3Client;

/** The statements of {@code docs/data-retention.md} about records that were lost from the ledger. */
@SandboxTest
class LostLedgerIT {

    private static final String LEDGER = "ledger/";

    @Autowired
    Upstream upstream;

    @Autowired
    Mailbox mailbox;

    private final S3Client s3 = TestAws.surroundings().clients().s3();

    private final String bucket = TestAws.surroundings().bucket();

    private void lose(String key) {
        s3.headObject(it -> it.bucket(bucket).key(LEDGER + key));
        s3.deleteObject(it -> it.bucket(bucket).key(LEDGER + key));
    }

    @Test
    void aMailWhoseClaimIsLostIsSentAgainWithTheSameMessageIdIfItsMessageIsRedelivered() {
        String id = Events.newId();
        String ana = Recipients.someone();
        upstream.send("attachment-requests", Events.attachmentRequested(id, "crm", """
            {"direction":"download","channel":"email","recipients":["%s"],
             "attachment":{"key":"downloads/crm/contract-4711.pdf"}}\
            """.formatted(ana)));
        mailbox.await(ana);
        upstream.awaitDrained("email-deliveries");
        var issued = upstream.awaitContaining("deliveries-inbox", ana);

        lose(claimOf(Events.read(issued, EventType.LINK_ISSUED).id()));
        upstream.send("email-deliveries", issued.body(), issued.attributes());

        List<ReceivedMail> mails = mailbox.await(ana, 2);
        assertThat(mails)
                .extracting(mail -> mail.header("Message-ID"))
                .hasSize(2)
                .containsOnly(mails.getFirst().header("Message-ID"));
    }

    @Test
    void thePageOfAnUploadWhoseRecordIsLostIsUnknownAndTheRequestOpensAnotherPage() {
        String id = Events.newId();
        String request = Events.attachmentRequested(id, "crm", """
            {"direction":"upload","channel":"event","upload":{"contentTypes":["application/pdf"],"maxBytes":1000},
             "expiresIn":"PT1H"}\
            """);
        upstream.send("attachment-requests", request);
        var first = upstream.awaitContaining("deliveries-inbox", id);
        String page = page(Events.read(first, EventType.LINK_ISSUED).data());
        assertThat(Recipients.get(page).statusCode()).isEqualTo(200);

        String upload =
                s3.listObjectsV2Paginator(it -> it.bucket(bucket).prefix(LEDGER + "uploads/")).contents().stream()
                        .map(object -> object.key())
                        .filter(key -> content(key).contains(id))
                        .findFirst()
                        .orElseThrow();
        lose(upload.substring(LEDGER.length()));
        assertThat(Recipients.get(page).statusCode()).isEqualTo(404);

        upstream.send("attachment-requests", request);
        var second = upstream.await(
                "deliveries-inbox",
                message -> message.body().contains(id)
                        && !page(Events.read(message, EventType.LINK_ISSUED).data())
                                .equals(page));
        assertThat(Events.read(second, EventType.LINK_ISSUED).id())
                .isEqualTo(Events.read(first, EventType.LINK_ISSUED).id());
        assertThat(Recipients.get(
                                page(Events.read(second, EventType.LINK_ISSUED).data()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(Recipients.get(page).statusCode()).isEqualTo(404);
    }

    /** The key of the claim on a mail, without the ledger's folder. */
    private String claimOf(String delivery) {
        return s3.listObjectsV2Paginator(it -> it.bucket(bucket).prefix(LEDGER + "claims/")).contents().stream()
                .map(object -> object.key().substring(LEDGER.length()))
                .filter(key -> key.endsWith(delivery))
                .findFirst()
                .orElseThrow();
    }

    private String content(String key) {
        return s3.getObjectAsBytes(it -> it.bucket(bucket).key(key)).asUtf8String();
    }

    private static String page(LinkIssued issued) {
        return issued.links().stream()
                .filter(link -> link.rel() == Link.Rel.UPLOAD_PAGE)
                .findFirst()
                .orElseThrow()
                .url()
                .reveal();
    }
}
