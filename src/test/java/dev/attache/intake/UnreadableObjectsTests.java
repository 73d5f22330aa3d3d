package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.EventType;
import dev.attache.contract.RequestRejected;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.ledger.UploadBuilder;
import dev.attache.source.SenderIds;
import dev.attache.storage.Availability;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.messaging.Message;

/** Objects that are archived, or that S3 deletes before their link would expire. */
class UnreadableObjectsTests extends IntakeTestBase {

    private static final String FILE = "downloads/crm/c.pdf";

    private static final String LIST = "downloads/crm/list.ndjson";

    private static final UUID UPLOAD = UUID.fromString("4c1f2f4e-0a55-5a0e-9d5c-0b7a3f1f2e3d");

    private static final String ARRIVED = "uploads/crm/" + UPLOAD + "/my_file.pdf";

    private static final Availability ARCHIVED = new Availability.Archived("is archived in GLACIER");

    private static final Availability SECONDS_LEFT = new Availability.Readable(NOW.plusSeconds(59));

    private static final Instant IN_AN_HOUR = NOW.plus(Duration.ofHours(1));

    private final EventRouter requests = requests(OnePolicy.SOURCES, new SenderIds(List.of()));

    private final PurchaseCompletedHandler purchases =
            new PurchaseCompletedHandler(codec, OnePolicy.SOURCES, downloads, issuer, Instant.MIN, clock);

    @BeforeEach
    void objects() {
        bucket.with(FILE, 1, "application/pdf", "e1")
                .with(LIST, "{\"address\":\"ana@example.com\"}\n")
                .with(ARRIVED, 500, "application/pdf", "e1");
        ledger.open(UploadBuilder.upload(UPLOAD, NOW, NOW.plusSeconds(3600))
                .subject("s-1")
                .recipient(new Recipient("ana@example.com"))
                .toNotify(List.of(new Recipient("desk@example.com")))
                .build());
    }

    private List<Message<byte[]>> request() {
        return all(requests.apply(message(event("attachment.requested", "crm", """
            {"direction":"download","channel":"email","recipients":["ana@example.com"],"attachment":{"key":"%s"}}\
            """.formatted(FILE)))));
    }

    private List<Message<byte[]>> requestForAList() {
        return all(requests.apply(message(event("attachment.requested", "crm", """
            {"direction":"download","channel":"newsletter","recipientList":{"key":"%s"},"attachment":{"key":"%s"},
             "campaign":{"id":"c","unsubscribeUrl":"https://a.example/u"}}\
            """.formatted(LIST, FILE)))));
    }

    private List<Message<byte[]>> purchase() {
        return purchases.apply(message(event("purchase.completed", "crm", """
            {"orderId":"o-1","customer":{"address":"ana@example.com"},"purchasedAt":"2026-11-21T08:59:00Z",
             "items":[{"sku":"c","title":"C","attachment":{"key":"%s"}}]}\
            """.formatted(FILE))));
    }

    private List<Message<byte[]>> arrival() {
        return created.apply(message("""
            {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1",
             "eventTime":"2026-11-21T10:00:00.000Z","eventName":"ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0",
             "bucket":{"name":"attache","arn":"arn:aws:s3:::attache"},
             "object":{"key":"%s","size":500,"eTag":"e1","sequencer":"0A"}}}]}\
            """.formatted(ARRIVED)));
    }

    private static void assertRejected(Runnable handling, RejectionCode code) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(handling::run)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    private Instant end(Message<byte[]> message) {
        return issued(message).data().links().stream()
                .map(Link::expiresAt)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void requestOrPurchaseOfAnArchivedObjectIsRejected() {
        bucket.withAvailability(FILE, ARCHIVED);

        assertRejected(this::request, RejectionCode.OBJECT_ARCHIVED);
        assertRejected(this::purchase, RejectionCode.OBJECT_ARCHIVED);
    }

    @Test
    void requestOrPurchaseOfAnObjectThatExpiresTooSoonIsRejected() {
        bucket.withAvailability(FILE, SECONDS_LEFT);

        assertRejected(this::request, RejectionCode.OBJECT_EXPIRES_TOO_SOON);
        assertRejected(this::purchase, RejectionCode.OBJECT_EXPIRES_TOO_SOON);
    }

    @Test
    void linkExpiresWithItsObject() {
        bucket.withAvailability(FILE, new Availability.Readable(IN_AN_HOUR));

        assertThat(end(request().getFirst())).isEqualTo(IN_AN_HOUR);
        assertThat(end(purchase().getFirst())).isEqualTo(IN_AN_HOUR);
    }

    /** Otherwise each part would be rejected. */
    @Test
    void archivedObjectOrListRejectsALargeAudienceOnce() {
        bucket.withAvailability(FILE, ARCHIVED);
        assertRejected(this::requestForAList, RejectionCode.OBJECT_ARCHIVED);
        bucket.withAvailability(FILE, SECONDS_LEFT);
        assertRejected(this::requestForAList, RejectionCode.OBJECT_EXPIRES_TOO_SOON);

        bucket.withAvailability(FILE, Availability.UNLIMITED).withAvailability(LIST, ARCHIVED);
        assertRejected(this::requestForAList, RejectionCode.OBJECT_ARCHIVED);
        assertThat(bucket.opened).isZero();
    }

    @Test
    void linkToAnUploadExpiresWithTheObject() {
        bucket.withAvailability(ARRIVED, new Availability.Readable(IN_AN_HOUR));

        assertThat(end(arrival().getLast())).isEqualTo(IN_AN_HOUR);
    }

    @Test
    void uploadWithoutALinkIsAnnouncedAndItsLinkIsRejected() {
        bucket.withAvailability(ARRIVED, SECONDS_LEFT);

        List<Message<byte[]>> messages = arrival();

        assertThat(messages).hasSize(3);
        assertThat(messages.getFirst().getHeaders()).containsEntry("type", "attachment.uploaded");
        RequestRejected rejected = codec.read(messages.getLast().getPayload(), EventType.REQUEST_REJECTED)
                .data();
        assertThat(rejected.code()).isEqualTo(RejectionCode.OBJECT_EXPIRES_TOO_SOON);
        assertThat(rejected.requestId()).isEqualTo("r-1");
        assertThat(UploadBuilder.arrival(ledger.find(UPLOAD).orElseThrow())).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = RejectionCode.class,
            names = {"OBJECT_ARCHIVED", "OBJECT_CUSTOMER_ENCRYPTED", "OBJECT_EXPIRES_TOO_SOON"})
    void permanentReasonIsPublishedWithTheUpload(RejectionCode code) {
        bucket.refusingToFind(ARRIVED, code);

        assertThat(arrival())
                .extracting(it -> it.getHeaders().get("type"))
                .containsExactly(
                        EventType.ATTACHMENT_UPLOADED.name(),
                        EventType.LINK_ISSUED.name(),
                        EventType.REQUEST_REJECTED.name());
    }

    /** The message is retried, and the sweeper finds the recorded arrival. */
    @Test
    void transientReasonIsThrownAndTheNextDeliveryMailsTheLink() {
        bucket.refusingToFind(ARRIVED, RejectionCode.OBJECT_ACCESS_DENIED);

        assertRejected(this::arrival, RejectionCode.OBJECT_ACCESS_DENIED);

        assertThat(UploadBuilder.arrival(ledger.find(UPLOAD).orElseThrow())).isNotNull();
        bucket.allowingToFind(ARRIVED);
        assertThat(arrival())
                .extracting(it -> it.getHeaders().get("type"))
                .containsExactly(
                        EventType.ATTACHMENT_UPLOADED.name(),
                        EventType.LINK_ISSUED.name(),
                        EventType.LINK_ISSUED.name());
    }
}
