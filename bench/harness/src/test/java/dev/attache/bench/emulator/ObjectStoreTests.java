package dev.attache.bench.emulator;

import static dev.attache.bench.emulator.ObjectStore.Outcome.CONDITION_FAILED;
import static dev.attache.bench.emulator.ObjectStore.Outcome.MISSING;
import static dev.attache.bench.emulator.ObjectStore.Outcome.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectStoreTests {

    private static final String PATH = "/attache/ledger/claims/one";

    private static final byte[] FIRST = "first".getBytes(StandardCharsets.UTF_8);

    private static final byte[] SECOND = "second".getBytes(StandardCharsets.UTF_8);

    private final ObjectStore objects = new ObjectStore();

    @Test
    void ifNoneMatchWritesOnce() {
        assertThat(objects.put(PATH, FIRST, true, Optional.empty())).isEqualTo(WRITTEN);
        assertThat(objects.put(PATH, SECOND, true, Optional.empty())).isEqualTo(CONDITION_FAILED);

        assertThat(objects.get(PATH).orElseThrow().content()).isEqualTo(FIRST);
    }

    @Test
    void ifMatchWritesOverTheSameContentOnly() {
        objects.put(PATH, FIRST, true, Optional.empty());
        Optional<String> eTag = objects.get(PATH).map(ObjectStore.Stored::eTag);

        assertThat(objects.put(PATH, SECOND, false, eTag)).isEqualTo(WRITTEN);
        assertThat(objects.put(PATH, FIRST, false, eTag)).isEqualTo(CONDITION_FAILED);
    }

    @Test
    void ifMatchOnAMissingObjectIsNotFound() {
        assertThat(objects.put(PATH, FIRST, false, Optional.of(ObjectStore.eTag(FIRST))))
                .isEqualTo(MISSING);
    }

    @Test
    void theETagIsTheQuotedMd5OfTheContent() {
        assertThat(ObjectStore.eTag(FIRST)).isEqualTo("\"8b04d5e3775d298e78455efc5ca404d5\"");
    }
}
