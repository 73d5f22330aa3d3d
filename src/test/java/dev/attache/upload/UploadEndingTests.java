package dev.attache.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.UploadCompleted;
import dev.attache.contract.UploadDeclined;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A person ends an upload of up to three files. */
class UploadEndingTests {

    private final UploadWorld world = new UploadWorld(1, 3, () -> {});

    private static ChosenFile file(String name) {
        return new ChosenFile(name, "application/pdf", 500, 1L);
    }

    private String sign(String name) {
        return world.slots.take(world.upload(), file(name)) instanceof UploadSlots.Slot.Taken taken
                ? taken.file().key()
                : "none";
    }

    private void send(String name) {
        assertThat(world.store.put(sign(name), file(name), "application/pdf")).isTrue();
    }

    private <T> List<T> published(EventType<T> type) {
        return world.published.stream()
                .filter(message -> type.name().equals(message.getHeaders().get("type")))
                .map(message -> world.codec.read(message.getPayload(), type).data())
                .toList();
    }

    @Test
    void storedFilesAreRecordedBeforeTheUploadIsCompleted() {
        send("a.pdf");
        send("b.pdf");

        assertThat(world.ending.complete(world.upload())).isInstanceOf(UploadEnding.Result.Completed.class);

        assertThat(Objects.requireNonNull(world.upload().completion()).files()).containsExactly(1, 2);
        assertThat(sign("c.pdf")).isEqualTo("none");
    }

    @Test
    void endIsAnnouncedByTheNextSweepIfItsProcessStops() {
        send("a.pdf");
        world.ending.complete(world.upload());
        assertThat(world.published).isEmpty();

        world.clock.advance(UploadWorld.GRACE.plusMinutes(2));
        world.sweep();

        assertThat(world.isOpen()).isTrue();
        assertThat(published(EventType.UPLOAD_COMPLETED)).singleElement().satisfies(completed -> {
            assertThat(completed.reason()).isEqualTo(UploadCompleted.Reason.PERSON);
            assertThat(completed.files())
                    .extracting(UploadCompleted.File::fileName)
                    .containsExactly("a.pdf");
        });
        world.settle();
        assertThat(published(EventType.UPLOAD_COMPLETED)).hasSize(1);
    }

    @Test
    void fileSentAfterTheEndIsFoundAtTheDeadlineAndMailedByItself() {
        send("a.pdf");
        String late = sign("b.pdf");
        world.ending.complete(world.upload());
        world.store.put(late, file("b.pdf"), "application/pdf");

        world.settle();

        assertThat(published(EventType.ATTACHMENT_UPLOADED))
                .extracting(uploaded -> uploaded.fileName())
                .containsExactlyInAnyOrder("a.pdf", "b.pdf");
        assertThat(published(EventType.UPLOAD_COMPLETED))
                .singleElement()
                .satisfies(completed -> assertThat(completed.files()).hasSize(1));
        assertThat(published(EventType.LINK_ISSUED))
                .extracting(LinkIssued::purpose)
                .containsExactlyInAnyOrder(Purpose.ARRIVAL, Purpose.RECEIPT, Purpose.ARRIVAL, Purpose.RECEIPT);
    }

    @Test
    void uploadWithoutAFileIsNotCompleted() {
        sign("a.pdf");

        assertThat(world.ending.complete(world.upload())).isInstanceOf(UploadEnding.Result.NothingArrived.class);
        assertThat(world.upload().ended()).isFalse();
    }

    @Test
    void uploadWithAFileIsNotDeclined() {
        send("a.pdf");

        assertThat(world.ending.decline(world.upload(), null)).isInstanceOf(UploadEnding.Result.FilesArrived.class);
        assertThat(world.upload().ended()).isFalse();
    }

    @Test
    void declineIsAnnouncedWithItsReasonAndNothingExpires() {
        assertThat(world.ending.decline(world.upload(), " Lost\u0000.\r\n" + "x".repeat(600)))
                .isInstanceOf(UploadEnding.Result.Declined.class);
        assertThat(world.ending.decline(world.upload(), "another")).isInstanceOf(UploadEnding.Result.Declined.class);

        world.settle();

        assertThat(published(EventType.UPLOAD_DECLINED))
                .singleElement()
                .extracting(UploadDeclined::reason)
                .satisfies(reason -> assertThat(reason).startsWith("Lost.\nx").hasSize(500));
        assertThat(published(EventType.UPLOAD_EXPIRED)).isEmpty();
        assertThat(sign("a.pdf")).isEqualTo("none");
    }

    @Test
    void invisibleCharactersOfAReasonAreNotAnnounced() {
        world.ending.decline(world.upload(), "\u202eNo\ud800\u0085\u200bsorry\u2028 bye");

        world.settle();

        assertThat(published(EventType.UPLOAD_DECLINED))
                .extracting(UploadDeclined::reason)
                .containsExactly("No\nsorry\n bye");
    }

    @Test
    void uploadAfterItsDeadlineIsNeitherCompletedNorDeclined() {
        world.clock.advance(Duration.ofHours(1));

        assertThat(world.ending.complete(world.upload())).isInstanceOf(UploadEnding.Result.Expired.class);
        assertThat(world.ending.decline(world.upload(), null)).isInstanceOf(UploadEnding.Result.Expired.class);
    }

    @Test
    void fileAfterTheExpiryCompletesTheUpload() {
        String slow = sign("a.pdf");
        world.settle();
        assertThat(published(EventType.UPLOAD_EXPIRED)).hasSize(1);
        world.store.put(slow, file("a.pdf"), "application/pdf");

        world.receipts.arrived(world.upload(), 1, file("a.pdf"));
        world.settle();

        assertThat(published(EventType.UPLOAD_COMPLETED))
                .singleElement()
                .extracting(UploadCompleted::reason)
                .isEqualTo(UploadCompleted.Reason.DEADLINE);
    }
}
