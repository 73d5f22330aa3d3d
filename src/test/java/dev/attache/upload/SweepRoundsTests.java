package dev.attache.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When a sweep ends, and what it leaves for the next one. */
class SweepRoundsTests extends SweepTestBase {

    @Test
    void uploadThatCannotBePublishedKeepsItsMarker() {
        open(11);
        topicIsDown = true;
        sweep();
        assertThat(due.markers).hasSize(1);
        topicIsDown = false;

        sweep();

        assertThat(types()).containsExactly("upload.expired");
        assertThat(due.markers).isEmpty();
    }

    @Test
    void failingUploadDoesNotEndTheSweep() {
        UUID bad = open(13);
        keys.add("uploads/crm/" + bad + "/vanished.pdf");
        open(12);

        sweep();

        assertThat(types()).containsExactly("upload.expired");
        assertThat(due.markers)
                .singleElement()
                .satisfies(left -> assertThat(left.id()).isEqualTo(bad));
    }

    @Test
    void manyFailuresInARowEndTheSweepAndTheNextBeginsAfterThem() {
        for (int i = 0; i < 10; i++) {
            keys.add("uploads/crm/" + open(30 - i) + "/vanished.pdf");
        }
        open(11);

        assertThat(sweep()).isFalse();
        assertThat(sent).isEmpty();
        sweep();

        assertThat(types()).containsExactly("upload.expired");
        assertThat(due.markers).hasSize(10);
        keys.clear();
        sweep();
        assertThat(due.markers).isEmpty();
    }

    @Test
    void fullSweepReturnsThatThereIsMore() {
        Stream.iterate(60, it -> it - 1).limit(LIMIT + 1).forEach(this::open);

        assertThat(sweep()).isTrue();
        assertThat(sent).hasSize(LIMIT);
        assertThat(sweep()).isFalse();

        assertThat(sent).hasSize(LIMIT + 1);
        assertThat(due.markers).isEmpty();
    }

    @Test
    void stopEndsTheSweep() {
        open(12);
        open(11);

        sweeper.sweep(() -> !sent.isEmpty());

        assertThat(sent).hasSize(1);
        assertThat(due.markers).hasSize(1);
    }
}
