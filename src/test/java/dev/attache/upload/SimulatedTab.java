package dev.attache.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.UploadFile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A tab that sends one file, as the page does: it signs, sends, and asks what has arrived. */
final class SimulatedTab {

    private final UploadWorld world;

    final ChosenFile file;

    private @Nullable UploadFile signed;

    private Instant signedAt = Instant.EPOCH;

    private boolean sent;

    boolean done;

    /** Whether the person read that the file has been received. */
    boolean told;

    SimulatedTab(UploadWorld world, ChosenFile file) {
        this.world = world;
        this.file = file;
    }

    void step() {
        if (done) {
            return;
        }
        if (signed == null) {
            sign();
        } else if (!sent) {
            send(signed);
        } else {
            ask(signed);
        }
    }

    private void sign() {
        if (!world.isOpen()) {
            done = true;
            return;
        }
        switch (world.slots.take(world.ledger.find(UploadWorld.ID).orElseThrow(), file)) {
            case UploadSlots.Slot.Taken(OpenUpload upload, UploadFile taken) -> {
                signed = taken;
                signedAt = world.clock.instant();
                sent = false;
            }
            case UploadSlots.Slot.Arrived arrived -> tell();
            case UploadSlots.Slot.Full full -> done = true;
            case UploadSlots.Slot.Closed closed -> done = true;
        }
    }

    private void send(UploadFile to) {
        if (world.clock.instant().isAfter(signedAt.plus(UploadWorld.LINK_LIFETIME))) {
            signed = null;
            return;
        }
        if (world.store.put(to.key(), file, world.random.nextInt(20) == 0 ? "text/html" : "application/pdf")) {
            for (int copies = world.random.nextInt(3); copies > 0; copies--) {
                world.notifications.add(world.store.objects.get(to.key()));
            }
        }
        // If the answer is lost, the tab sends again, and S3 refuses that.
        sent = world.random.nextInt(4) > 0;
    }

    private void ask(UploadFile to) {
        OpenUpload upload = world.ledger.find(UploadWorld.ID).orElseThrow();
        switch (world.receipts.arrived(upload, to.number(), file)) {
            case UploadReceipts.Result.Recorded recorded -> tell();
            case UploadReceipts.Result.NotArrived notArrived -> sent = false;
            case UploadReceipts.Result.OtherArrived other -> signed = null;
            case UploadReceipts.Result.Refused refused -> signed = null;
        }
    }

    private void tell() {
        assertThat(isRecorded()).isTrue();
        told = true;
        done = true;
    }

    boolean isRecorded() {
        return world.upload().arrived().stream()
                .anyMatch(recorded -> recorded.arrival() != null
                        && file.id().equals(recorded.arrival().fileId()));
    }
}
