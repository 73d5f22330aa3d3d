package dev.attache.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.UploadExpired;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import dev.attache.ledger.DueUploads;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.UploadBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;

class UploadSweeperTests extends SweepTestBase {

    @Test
    void uploadWithoutAFileIsPublishedAsExpired() {
        UUID id = open(11);

        assertThat(sweep()).isFalse();

        assertThat(sent).singleElement().satisfies(event -> {
            assertThat(event.binding()).isEqualTo("attachmentEvents");
            assertThat(event.message().getHeaders())
                    .containsEntry("type", "upload.expired")
                    .containsEntry("source", "crm");
            assertThat(expired(event).subject()).isEqualTo("s-1");
            assertThat(expired(event).data())
                    .isEqualTo(new UploadExpired(
                            "r-" + id,
                            "attache",
                            null,
                            new Recipient("ana@example.com"),
                            NOW.minus(Duration.ofMinutes(11))));
        });
        assertThat(due.markers).isEmpty();
        sweep();
        assertThat(sent).hasSize(1);
    }

    @Test
    void expiryNamesTheFileThatALinkWasSignedFor() {
        UUID id = open(11);
        ledger.change(
                id,
                it -> it.withFile(UploadBuilder.file("f.pdf", "uploads/crm/" + id + "/f.pdf", "application/pdf", 500)));

        sweep();

        assertThat(expired(sent.getFirst()).data().key()).isEqualTo("uploads/crm/" + id + "/f.pdf");
    }

    @Test
    void nothingIsSweptWithinTheGrace() {
        open(9);

        sweep();

        assertThat(sent).isEmpty();
        assertThat(due.markers).hasSize(1);
    }

    @Test
    void sweepAfterACrashPublishesTheSameId() {
        UUID id = open(11);
        sweep();
        due.add(NOW.minus(Duration.ofMinutes(11)), id);

        sweeper().sweep(() -> false);

        assertThat(sent)
                .hasSize(2)
                .extracting(event -> expired(event).id())
                .containsOnly(expired(sent.getFirst()).id());
    }

    @Test
    void recordedArrivalWithAMarkerIsAnnounced() {
        UUID id = open(11, new Recipient("desk@example.com"));
        ledger.change(
                id,
                it -> UploadBuilder.arrived(
                        it,
                        new OpenUpload.Arrival(
                                "uploads/crm/" + id + "/f.pdf", null, "e", "1", 1, "application/pdf", NOW, null)));

        sweep();

        assertThat(types()).containsExactly("attachment.uploaded", "link.issued", "link.issued");
        assertThat(due.markers).isEmpty();
    }

    @Test
    void arrivalThatIsRecordedDuringTheSweepIsAnnounced() {
        UUID id = open(11);
        String first = stored(id, "first.pdf", "application/pdf");
        String other = stored(id, "other.pdf", "application/pdf");
        UploadSweeper late = new UploadSweeper(
                due,
                ledger,
                (any, prefix) -> {
                    ledger.change(
                            id,
                            it -> UploadBuilder.arrived(
                                    it, UploadArrivals.of(bucket.find(new ObjectRef("attache", other, null)), "0A")));
                    return List.of(first, other);
                },
                completion,
                announcements,
                codec,
                (binding, message) -> sent.add(new Sent(binding, message)),
                GRACE,
                LIMIT,
                clock);

        late.sweep(() -> false);

        assertThat(types()).containsExactly("attachment.uploaded", "link.issued");
        assertThat(uploaded(sent.getFirst().message()).data().key()).isEqualTo(other);
        assertThat(due.markers).isEmpty();
    }

    @Test
    void fileWithoutANotificationIsAnnouncedWithTheSameIds() {
        UUID id = open(11, new Recipient("desk@example.com"));
        String key = stored(id, "upload", "application/pdf");

        sweep();

        assertThat(sent).extracting(Sent::binding).containsExactly("attachmentEvents", "deliveries", "deliveries");
        assertThat(UploadBuilder.arrival(ledger.find(id).orElseThrow()).key()).isEqualTo(key);
        assertThat(due.markers).isEmpty();
        List<Message<byte[]>> late = created.apply(message("""
            {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1",
             "eventTime":"2026-11-21T10:00:00.000Z","eventName":"ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0",
             "bucket":{"name":"attache","arn":"arn:aws:s3:::attache"},
             "object":{"key":"%s","size":500,"eTag":"e1","sequencer":"0A"}}}]}\
            """.formatted(key)));
        assertThat(uploaded(late.getFirst()).id())
                .isEqualTo(uploaded(sent.getFirst().message()).id());
        assertThat(issued(late.getLast()).id())
                .isEqualTo(issued(sent.getLast().message()).id());
    }

    @Test
    void fileOfAnotherTypeIsRejectedAndTheUploadExpires() {
        stored(open(11), "f.html", "text/html");

        sweep();

        assertThat(types()).containsExactly("request.rejected", "upload.expired");
    }

    @Test
    void firstFileThatIsAsAgreedIsTheUploadsFile() {
        UUID id = open(11);
        stored(id, "f.html", "text/html");
        String second = stored(id, "f.pdf", "application/pdf");
        stored(id, "g.pdf", "application/pdf");

        sweep();

        assertThat(types()).containsExactly("request.rejected", "attachment.uploaded", "link.issued");
        assertThat(UploadBuilder.arrival(ledger.find(id).orElseThrow()).key()).isEqualTo(second);
    }

    @Test
    void fileAfterTheExpiryIsAnnounced() {
        UUID id = open(11);
        sweep();
        String key = stored(id, "f.pdf", "application/pdf");

        List<Message<byte[]>> messages = created.apply(message("""
            {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1",
             "eventTime":"2026-11-21T10:00:00.000Z","eventName":"ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0",
             "bucket":{"name":"attache","arn":"arn:aws:s3:::attache"},
             "object":{"key":"%s","size":500,"eTag":"e1","sequencer":"0A"}}}]}\
            """.formatted(key)));

        assertThat(types()).containsExactly("upload.expired");
        assertThat(uploaded(messages.getFirst()).data().key()).isEqualTo(key);
    }

    @Test
    void markerWithoutARecordIsRemoved() {
        due.add(NOW.minus(Duration.ofHours(1)), UUID.randomUUID());

        sweep();

        assertThat(sent).isEmpty();
        assertThat(due.markers).isEmpty();
    }

    @Test
    void extendedUploadIsSettledAtItsNewExpiry() {
        UUID id = UUID.randomUUID();
        Instant extended = NOW.minus(GRACE).plusSeconds(1);
        ledger.open(UploadBuilder.upload(id, NOW.minus(Duration.ofHours(2)), extended)
                .requestId("r-" + id)
                .recipient(new Recipient("ana@example.com"))
                .build());
        due.add(NOW.minus(Duration.ofHours(1)), id);

        sweep();

        assertThat(sent).isEmpty();
        assertThat(due.markers).containsExactly(new DueUploads.Due(extended, id));
    }

    @Test
    void fileThatArrivedForAnExtendedUploadIsAnnouncedAtOnce() {
        UUID id = UUID.randomUUID();
        ledger.open(UploadBuilder.upload(id, NOW.minus(Duration.ofHours(2)), NOW.plus(Duration.ofDays(1)))
                .requestId("r-" + id)
                .recipient(new Recipient("ana@example.com"))
                .build());
        String key = stored(id, "f.pdf", "application/pdf");
        completion.complete(ledger.find(id).orElseThrow(), new ObjectRef("attache", key, null), null);
        due.add(NOW.minus(Duration.ofHours(1)), id);

        sweep();

        assertThat(types()).containsExactly("attachment.uploaded", "link.issued");
        assertThat(due.markers).isEmpty();
    }
}
