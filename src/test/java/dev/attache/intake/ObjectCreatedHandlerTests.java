package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.UploadTerms;
import dev.attache.ledger.DueUploads;
import dev.attache.ledger.OpenUpload;
import dev.attache.upload.UploadArrivals;
import dev.attache.upload.UploadUnknownException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

class ObjectCreatedHandlerTests extends IntakeTestBase {

    private static final UUID ID = UUID.fromString("4c1f2f4e-0a55-5a0e-9d5c-0b7a3f1f2e3d");

    private static final String KEY = "uploads/crm/" + ID + "/my_file.pdf";

    @BeforeEach
    void openAnUpload() {
        ledger.open(new OpenUpload(
                ID,
                "a".repeat(32),
                "r-1",
                "crm",
                "s-1",
                null,
                "attache",
                new UploadTerms(List.of("application/pdf"), 1000, null, null, null),
                new Recipient("ana@example.com"),
                null,
                List.of(new Recipient("desk@example.com")),
                NOW,
                NOW.plusSeconds(3600),
                new OpenUpload.ChosenFile("my file.pdf", KEY, "application/pdf", 500),
                null));
    }

    private static String notification(String key, String eTag, String sequencer) {
        return """
            {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1",
             "eventTime":"2026-11-21T10:00:00.000Z","eventName":"ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0",
             "bucket":{"name":"attache","arn":"arn:aws:s3:::attache"},
             "object":{"key":"%s","size":500,"eTag":"%s","sequencer":"%s"}}}]}\
            """.formatted(key, eTag, sequencer);
    }

    private List<Message<byte[]>> arrives(String key, String eTag, String sequencer) {
        return created.apply(message(notification(key, eTag, sequencer)));
    }

    @Test
    void theUploadIsPublishedAndThoseWhoWaitGetALink() {
        bucket.with(KEY, 500, "application/pdf", "e1");

        List<Message<byte[]>> messages = arrives(KEY, "e1", "0A");

        assertThat(messages).hasSize(2);
        assertThat(messages.getFirst().getHeaders())
                .containsEntry("type", "attachment.uploaded")
                .containsEntry("source", "crm");
        assertThat(uploaded(messages.getFirst()).data()).satisfies(uploaded -> {
            assertThat(uploaded.requestId()).isEqualTo("r-1");
            assertThat(uploaded.key()).isEqualTo(KEY);
            assertThat(uploaded.contentLength()).isEqualTo(500);
            assertThat(uploaded.fileName()).isEqualTo("my file.pdf");
            assertThat(uploaded.uploadedAt()).isEqualTo(BucketInMemory.MODIFIED);
        });
        assertThat(messages.getLast().getHeaders())
                .containsEntry("spring.cloud.stream.sendto.destination", "deliveries")
                .containsEntry("channel", "email");
        LinkIssued told = issued(messages.getLast()).data();
        assertThat(told.purpose()).isEqualTo(LinkIssued.Purpose.ARRIVAL);
        assertThat(told.recipient().address()).isEqualTo("desk@example.com");
        assertThat(told.links().getFirst().fileName()).isEqualTo("my file.pdf");
        assertThat(ledger.find(ID).orElseThrow().arrival().eTag()).isEqualTo("e1");
    }

    @Test
    void theMarkerIsRemovedOnceEverythingIsPublishedAndNotBefore() {
        DueUploads.Due marker = new DueUploads.Due(NOW.plusSeconds(3600), ID);
        due.add(marker.minute(), ID);
        bucket.with(KEY, 500, "application/pdf", "e1");
        List<Runnable> actions = new ArrayList<>();
        Consumer<Runnable> header = actions::add;

        created.apply(new GenericMessage<>(
                notification(KEY, "e1", "0A").getBytes(StandardCharsets.UTF_8), Map.of("sqs_afterPublishing", header)));
        assertThat(due.markers).containsExactly(marker);
        actions.forEach(Runnable::run);

        assertThat(due.markers).isEmpty();
    }

    @Test
    void aFileThatIsRefusedOrPassedOverLeavesTheMarker() {
        due.add(NOW.plusSeconds(3600), ID);
        List<Runnable> actions = new ArrayList<>();
        Consumer<Runnable> header = actions::add;
        bucket.with(KEY, 500, "text/html", "e1");
        created.apply(new GenericMessage<>(
                notification(KEY, "e1", "0A").getBytes(StandardCharsets.UTF_8), Map.of("sqs_afterPublishing", header)));
        bucket.with(KEY, 500, "application/pdf", "e2");
        ledger.change(
                ID,
                it -> it.withArrival(new OpenUpload.Arrival(
                        "uploads/crm/" + ID + "/other.pdf", null, "e", "1", 1, "application/pdf", NOW)));
        created.apply(new GenericMessage<>(
                notification(KEY, "e2", "0B").getBytes(StandardCharsets.UTF_8), Map.of("sqs_afterPublishing", header)));

        actions.forEach(Runnable::run);

        assertThat(due.markers).hasSize(1);
    }

    @Test
    void whoIsNamedTwiceIsToldOnce() {
        bucket.with(KEY, 500, "application/pdf", "e1");
        ledger.uploads.replaceAll((id, upload) -> new OpenUpload(
                id,
                upload.pageId(),
                "r-1",
                "crm",
                null,
                null,
                "attache",
                upload.terms(),
                null,
                null,
                List.of(new Recipient("desk@example.com"), new Recipient("Desk@example.com")),
                NOW,
                upload.expiresAt(),
                upload.file(),
                null));

        assertThat(arrives(KEY, "e1", "0A")).hasSize(2);
    }

    @Test
    void theSameNotificationAgainGivesTheSameIds() {
        bucket.with(KEY, 500, "application/pdf", "e1");

        String first = uploaded(arrives(KEY, "e1", "0A").getFirst()).id();
        String again = uploaded(arrives(KEY, "e1", "0A").getFirst()).id();

        assertThat(again).isEqualTo(first);
    }

    @Test
    void aNotificationThatComesAgainAfterTheFileWasFetchedAndDeletedIsNoFailure() {
        bucket.with(KEY, 500, "application/pdf", "e1");
        String first = uploaded(arrives(KEY, "e1", "0A").getFirst()).id();
        bucket.delete(KEY);

        assertThat(arrives(KEY, "e1", "0A"))
                .hasSize(2)
                .first()
                .satisfies(again -> assertThat(uploaded(again).id()).isEqualTo(first));
    }

    @Test
    void aFileThatIsGoneBeforeItWasRecordedIsLookedForAgain() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> arrives(KEY, "e1", "0A"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.OBJECT_NOT_FOUND));
    }

    @Test
    void aFileOfAnotherTypeIsReportedAndTheUploadStaysOpen() {
        bucket.with(KEY, 500, "text/html", "e1");

        assertThat(arrives(KEY, "e1", "0A")).singleElement().satisfies(message -> {
            var rejected =
                    codec.read(message.getPayload(), EventType.REQUEST_REJECTED).data();
            assertThat(rejected.code()).isEqualTo(RejectionCode.CONTENT_TYPE_NOT_ALLOWED);
            assertThat(rejected.requestId()).isEqualTo("r-1");
        });
        assertThat(ledger.find(ID).orElseThrow().arrival()).isNull();
    }

    /** Two tabs sign for two files with one key; the ledger knows the one that was signed for last. */
    @Test
    void theNameIsThatOfTheFileWhichArrivedAndNotOfTheOneLastSignedFor() {
        bucket.with(KEY, 500, "application/pdf", "e1").named(KEY, "Übersicht.pdf");

        List<Message<byte[]>> messages = arrives(KEY, "e1", "0A");

        assertThat(uploaded(messages.getFirst()).data().fileName()).isEqualTo("Übersicht.pdf");
        assertThat(issued(messages.getLast()).data().links().getFirst().fileName())
                .isEqualTo("Übersicht.pdf");
        assertThat(uploaded(arrives(KEY, "e1", "0A").getFirst()).data().fileName())
                .isEqualTo("Übersicht.pdf");
    }

    @Test
    void aRefusedFileFreesTheNextNumberAndTheSecondIsTheUploads() {
        ledger.uploads.replaceAll((id, upload) -> new OpenUpload(
                id,
                upload.pageId(),
                "r-1",
                "crm",
                null,
                null,
                "attache",
                upload.terms(),
                null,
                null,
                List.of(),
                NOW,
                upload.expiresAt(),
                null,
                null));
        bucket.with(numbered(1), 500, "text/html", "e1");
        String rejected = codec.originOf(
                        arrives(numbered(1), "e1", "0A").getFirst().getPayload())
                .orElseThrow()
                .id();
        String again = codec.originOf(
                        arrives(numbered(1), "e1", "0A").getFirst().getPayload())
                .orElseThrow()
                .id();
        assertThat(again).isEqualTo(rejected);
        assertThat(UploadArrivals.awaited(ledger.find(ID).orElseThrow())).isEqualTo(2);

        bucket.with(numbered(2), 500, "application/pdf", "e2");

        assertThat(uploaded(arrives(numbered(2), "e2", "0B").getFirst()).data().key())
                .isEqualTo(numbered(2));
        assertThat(ledger.find(ID).orElseThrow().arrival().key()).isEqualTo(numbered(2));
    }

    @Test
    void aRefusedFileThatNoLinkWasSignedForFreesNothing() {
        bucket.with(numbered(50), 500, "text/html", "e1").with(KEY, 500, "text/html", "e1");

        arrives(numbered(50), "e1", "0A");
        arrives(KEY, "e1", "0B");

        assertThat(UploadArrivals.awaited(ledger.find(ID).orElseThrow())).isEqualTo(1);
    }

    private static String numbered(int number) {
        return "uploads/crm/" + ID + "/" + number;
    }

    @Test
    void aFileThatIsTooLargeIsReported() {
        bucket.with(KEY, 1001, "application/pdf", "e1");

        assertThat(arrives(KEY, "e1", "0A"))
                .singleElement()
                .satisfies(message -> assertThat(codec.read(message.getPayload(), EventType.REQUEST_REJECTED)
                                .data()
                                .code())
                        .isEqualTo(RejectionCode.TOO_LARGE));
    }

    @Test
    void aKeyThatIsNoneOfOursIsCountedAndPassedOver() {
        assertThat(arrives("uploads/crm/somebody-elses.pdf", "e1", "0A")).isEmpty();

        assertThat(unknown("key")).isEqualTo(1);
        assertThat(unknown("elsewhere")).isZero();
    }

    @Test
    void theIdOfOneSourcesUploadUnderAnotherSourcesFolderIsCountedAndPassedOver() {
        assertThat(arrives("uploads/shop/" + ID + "/my_file.pdf", "e1", "0A")).isEmpty();

        assertThat(unknown("key")).isZero();
        assertThat(unknown("elsewhere")).isEqualTo(1);
    }

    private double unknown(String reason) {
        return meters.get("attache.uploads.unknown")
                .tag("reason", reason)
                .counter()
                .count();
    }

    @Test
    void aNotificationThatOvertookTheRecordIsTriedAgain() {
        assertThatExceptionOfType(UploadUnknownException.class)
                .isThrownBy(() -> arrives("uploads/crm/" + UUID.randomUUID() + "/f.pdf", "e1", "0A"));
    }

    @Test
    void anOlderVersionOfTheSameKeyDoesNotTakeTheNewOnesPlace() {
        bucket.with(KEY, 500, "application/pdf", "new");
        arrives(KEY, "new", "B0");
        bucket.with(KEY, 500, "application/pdf", "old");

        assertThat(arrives(KEY, "old", "A000")).isEmpty();
        assertThat(ledger.find(ID).orElseThrow().arrival().eTag()).isEqualTo("new");
    }

    @Test
    void aNewerVersionOfTheSameKeyIsPublishedWithAnIdOfItsOwn() {
        bucket.with(KEY, 500, "application/pdf", "one");
        String first = uploaded(arrives(KEY, "one", "A000").getFirst()).id();
        bucket.with(KEY, 600, "application/pdf", "two");

        String second = uploaded(arrives(KEY, "two", "B0").getFirst()).id();

        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void aSecondFileOfTheSameUploadIsPassedOver() {
        bucket.with(KEY, 500, "application/pdf", "one");
        arrives(KEY, "one", "A0");
        String other = "uploads/crm/" + ID + "/other.pdf";
        bucket.with(other, 500, "application/pdf", "two");

        assertThat(arrives(other, "two", "B0")).isEmpty();
    }

    private double ignored(String reason) {
        return meters.get("attache.objects.ignored")
                .tag("reason", reason)
                .counter()
                .count();
    }

    @Test
    void whatTellsOfNoCreatedObjectIsCountedByKindAndAcknowledged() {
        assertThat(List.of("test-event", "other-change", "malware-scan", "other-service"))
                .allSatisfy(reason -> assertThat(ignored(reason)).isZero());

        assertThat(created.apply(message("""
            {"Records":[{"eventName":"ObjectRemoved:Delete"},{"eventName":"ObjectTagging:Put"}]}\
            """))).isEmpty();
        assertThat(created.apply(message("""
            {"detail-type":"GuardDuty Malware Protection Object Scan Result","source":"aws.guardduty","detail":{}}\
            """))).isEmpty();
        assertThat(created.apply(message("""
            {"detail-type":"Anything","source":"aws.ec2","detail":{}}\
            """))).isEmpty();

        assertThat(ignored("other-change")).isEqualTo(2);
        assertThat(ignored("malware-scan")).isEqualTo(1);
        assertThat(ignored("other-service")).isEqualTo(1);
        assertThat(meters.find("attache.objects.ignored").counters()).hasSize(4);
    }

    @Test
    void aMessageThatIsTriedAgainCountsOnce() {
        String body = """
            {"Records":[{"eventName":"ObjectRemoved:Delete"},
             {"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"attache"},"object":{"key":"%s"}}}]}\
            """.formatted(KEY);
        assertThatExceptionOfType(RejectedException.class).isThrownBy(() -> created.apply(message(body)));
        bucket.with(KEY, 500, "application/pdf", "e1");

        assertThat(created.apply(message(body))).hasSize(2);

        assertThat(ignored("other-change")).isEqualTo(1);
    }

    @Test
    void aTestEventGivesNothing() {
        assertThat(created.apply(message("""
            {"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-21T09:00:00.000Z","Bucket":"attache",
             "RequestId":"1","HostId":"2"}\
            """))).isEmpty();
    }
}
