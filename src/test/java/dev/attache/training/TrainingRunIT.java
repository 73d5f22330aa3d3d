package dev.attache.training;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class TrainingRunIT {

    @Test
    void theWorkerFindsAllThatItAsksForAndHandlesEachRequest() {
        assertThatCode(() -> TrainingRun.run(25)).doesNotThrowAnyException();
    }
}
