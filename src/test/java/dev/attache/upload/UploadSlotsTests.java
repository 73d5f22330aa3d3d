package dev.attache.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.upload.UploadSlots.Slot;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** More files than an upload of up to two files allows. */
class UploadSlotsTests {

    private final UploadWorld world = new UploadWorld(1, 2, () -> {});

    private static ChosenFile file(String name) {
        return new ChosenFile(name, "application/pdf", 500, 1L);
    }

    private Slot take(String name) {
        world.clock.advance(Duration.ofSeconds(1));
        return world.slots.take(world.upload(), file(name));
    }

    private String key(String name) {
        assertThat(take(name)).isInstanceOf(Slot.Taken.class);
        return world.upload().files().stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow()
                .key();
    }

    @Test
    void fileTakesOverTheNumberWhoseLinkWasSignedTheLongestAgo() {
        String first = key("a.pdf");
        key("b.pdf");

        assertThat(key("c.pdf")).isEqualTo(first);
    }

    @Test
    void fileThatIsStoredWithANumberThatWasTakenOverIsNotSentAgain() {
        String first = key("a.pdf");
        key("b.pdf");
        world.store.put(first, file("a.pdf"), "application/pdf");
        // The answer to the PUT is lost, and another tab's record of c.pdf is written at the same time.
        world.clock.advance(Duration.ofSeconds(1));
        world.ledger.change(
                UploadWorld.ID,
                before -> before.withFile(before.fileAt(first)
                        .orElseThrow()
                        .signedAgain(
                                "c.pdf", "application/pdf", 500, file("c.pdf").id(), world.clock.instant())));

        assertThat(take("a.pdf")).isInstanceOf(Slot.Arrived.class);
    }
}
