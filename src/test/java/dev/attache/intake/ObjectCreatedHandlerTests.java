package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.ledger.DueUploads;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.UploadBuilder;
import dev.attache.upload.UploadUnknownException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

class ObjectCreatedHandlerTests extends ObjectCreatedTestBase {

    @Test
    void uploadIsPublishedAndItsRecipientsGetALink() {
        bucket.with(KEY, 500, "application/pdf", "e1");

        List<Message<byte[]>> messages = arrives(KEY, "e1", "0A");

        assertThat(messages).hasSize(3);
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
        assertThat(UploadBuilder.arrival(ledger.find(ID).orElseThrow()).eTag()).isEqualTo("e1");
    }

    @Test
    void markerIsRemovedAfterEverythingIsPublished() {
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
    void markerStaysWhenAFileIsRejectedOrIgnored() {
        due.add(NOW.plusSeconds(3600), ID);
        List<Runnable> actions = new ArrayList<>();
        Consumer<Runnable> header = actions::add;
        bucket.with(KEY, 500, "text/html", "e1");
        created.apply(new GenericMessage<>(
                notification(KEY, "e1", "0A").getBytes(StandardCharsets.UTF_8), Map.of("sqs_afterPublishing", header)));
        bucket.with(KEY, 500, "application/pdf", "e2");
        ledger.change(
                ID,
                it -> UploadBuilder.arrived(
                        it,
                        new OpenUpload.Arrival(
                                "uploads/crm/" + ID + "/other.pdf", null, "e", "1", 1, "application/pdf", NOW, null)));
        created.apply(new GenericMessage<>(
                notification(KEY, "e2", "0B").getBytes(StandardCharsets.UTF_8), Map.of("sqs_afterPublishing", header)));

        actions.forEach(Runnable::run);

        assertThat(due.markers).hasSize(1);
    }

    @Test
    void recipientWhoIsNamedTwiceIsNotifiedOnce() {
        bucket.with(KEY, 500, "application/pdf", "e1");
        ledger.uploads.replaceAll((id, upload) -> UploadBuilder.from(upload)
                .toNotify(List.of(new Recipient("desk@example.com"), new Recipient("Desk@example.com")))
                .build());

        assertThat(arrives(KEY, "e1", "0A")).hasSize(3);
    }

    @Test
    void repeatedNotificationPublishesTheSameIds() {
        bucket.with(KEY, 500, "application/pdf", "e1");

        String first = uploaded(arrives(KEY, "e1", "0A").getFirst()).id();
        String again = uploaded(arrives(KEY, "e1", "0A").getFirst()).id();

        assertThat(again).isEqualTo(first);
    }

    @Test
    void repeatedNotificationOfADeletedFilePublishesTheSameIds() {
        bucket.with(KEY, 500, "application/pdf", "e1");
        String first = uploaded(arrives(KEY, "e1", "0A").getFirst()).id();
        bucket.delete(KEY);

        assertThat(arrives(KEY, "e1", "0A"))
                .hasSize(3)
                .first()
                .satisfies(again -> assertThat(uploaded(again).id()).isEqualTo(first));
    }

    @Test
    void fileThatIsDeletedBeforeItIsRecordedIsNotFound() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> arrives(KEY, "e1", "0A"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.OBJECT_NOT_FOUND));
    }

    /** Two browser tabs sign links for two files with one key; the ledger has the file of the later link. */
    @Test
    void fileNameIsTakenFromTheFileThatArrived() {
        bucket.with(KEY, 500, "application/pdf", "e1").named(KEY, "Übersicht.pdf");

        List<Message<byte[]>> messages = arrives(KEY, "e1", "0A");

        assertThat(uploaded(messages.getFirst()).data().fileName()).isEqualTo("Übersicht.pdf");
        assertThat(issued(messages.getLast()).data().links().getFirst().fileName())
                .isEqualTo("Übersicht.pdf");
        assertThat(uploaded(arrives(KEY, "e1", "0A").getFirst()).data().fileName())
                .isEqualTo("Übersicht.pdf");
    }

    @Test
    void notificationOfAnUnknownUploadIsRetried() {
        assertThatExceptionOfType(UploadUnknownException.class)
                .isThrownBy(() -> arrives("uploads/crm/" + UUID.randomUUID() + "/f.pdf", "e1", "0A"));
    }

    @Test
    void olderVersionDoesNotReplaceANewerOne() {
        bucket.with(KEY, 500, "application/pdf", "new");
        arrives(KEY, "new", "B0");
        bucket.with(KEY, 500, "application/pdf", "old");

        assertThat(arrives(KEY, "old", "A000")).isEmpty();
        assertThat(UploadBuilder.arrival(ledger.find(ID).orElseThrow()).eTag()).isEqualTo("new");
    }

    @Test
    void newerVersionIsPublishedWithAnotherId() {
        bucket.with(KEY, 500, "application/pdf", "one");
        String first = uploaded(arrives(KEY, "one", "A000").getFirst()).id();
        bucket.with(KEY, 600, "application/pdf", "two");

        String second = uploaded(arrives(KEY, "two", "B0").getFirst()).id();

        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void secondFileOfAnUploadIsIgnored() {
        bucket.with(KEY, 500, "application/pdf", "one");
        arrives(KEY, "one", "A0");
        String other = "uploads/crm/" + ID + "/other.pdf";
        bucket.with(other, 500, "application/pdf", "two");

        assertThat(arrives(other, "two", "B0")).isEmpty();
    }
}
