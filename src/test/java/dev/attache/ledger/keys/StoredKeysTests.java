package dev.attache.ledger.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.ledger.objects.InMemoryS3.Trouble;
import dev.attache.ledger.objects.LedgerContentionException;
import dev.attache.ledger.objects.Pause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import software.amazon.awssdk.services.s3.model.S3Exception;

@ExtendWith(OutputCaptureExtension.class)
class StoredKeysTests {

    private static final String OBJECT = "attache-keys/keys";

    private final InMemoryS3 s3 = new InMemoryS3();

    private Keys worker(int seed) {
        Pause pause = attempt -> {};
        return StoredKeys.of(
                new ConditionalObjects(s3, "attachments", pause), "attache-keys/", new Random(seed), pause);
    }

    private static String sample(Keys.Key key) {
        return key.id() + HexFormat.of().formatHex(key.hmac("test", new byte[0]));
    }

    private void store(String content) {
        s3.put(OBJECT);
        s3.objects.put(OBJECT, content.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void keysAreNotReadBeforeTheyAreNeeded() {
        worker(1);

        assertThat(s3.gets).isZero();
        assertThat(s3.objects).isEmpty();
    }

    @Test
    void firstWorkerCreatesAKeyAndTheNextReadsIt() {
        Keys first = worker(1);
        String created = sample(first.newest());

        assertThat(s3.objects).containsOnlyKeys(OBJECT);
        assertThat(new String(s3.objects.get(OBJECT), StandardCharsets.US_ASCII))
                .matches("[0-9a-f]{8}:[A-Za-z0-9+/]{43}=\n");
        assertThat(sample(worker(2).newest())).isEqualTo(created);
    }

    @Test
    void keysAreReadOnce() {
        Keys keys = worker(1);
        keys.newest();
        int gets = s3.gets;

        keys.newest();
        keys.all();

        assertThat(s3.gets).isEqualTo(gets);
    }

    @Test
    void workersThatStartAtOnceHaveTheSameKey() throws Exception {
        List<Callable<String>> starts = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Keys keys = worker(i);
            starts.add(() -> sample(keys.newest()));
        }
        List<String> seen = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(16)) {
            for (Future<String> start : executor.invokeAll(starts)) {
                seen.add(start.get());
            }
        }

        assertThat(seen).hasSize(16).containsOnly(seen.getFirst());
    }

    @Test
    void keyIsReadBackWhenTheResponseToTheWriteWasLost() {
        s3.troubles.add(Trouble.ANSWER_LOST);

        assertThat(sample(worker(1).newest())).isEqualTo(sample(worker(2).newest()));
    }

    @Test
    void failureIsNotCached() {
        s3.troubles.add(Trouble.UNAVAILABLE);
        Keys keys = worker(1);

        assertThatThrownBy(keys::newest).isInstanceOf(S3Exception.class);
        assertThat(keys.newest().id()).isNotEmpty();
    }

    @Test
    void repeatedConflictsFail() {
        s3.troubles.addAll(Collections.nCopies(8, Trouble.CONFLICT));

        assertThatThrownBy(worker(1)::newest).isInstanceOf(LedgerContentionException.class);
    }

    @Test
    void everyLineIsAKeyAndTheFirstIsTheNewest() {
        store("new:" + KeysTests.base64(32) + "\r\n\nold:" + KeysTests.base64(33) + "\n");
        Keys keys = worker(1);

        assertThat(keys.newest().id()).isEqualTo("new");
        assertThat(keys.all()).extracting(Keys.Key::id).containsExactly("new", "old");
    }

    @Test
    void unreadableKeysAreReportedAndNeitherReplacedNorShown() {
        store("broken:c2VjcmV0\n");

        assertThatIllegalStateException()
                .isThrownBy(worker(1)::newest)
                .withMessageContaining(OBJECT)
                .withMessageContaining("line 1")
                .withMessageNotContaining("c2VjcmV0");
        assertThat(s3.objects.get(OBJECT)).asString().isEqualTo("broken:c2VjcmV0\n");
    }

    @Test
    void unreadableKeysAreAnAlarmUntilTheyAreCorrected(CapturedOutput output) {
        store("oops\n");
        Keys keys = worker(1);
        assertThat(keys.problem()).isEmpty();

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(keys::newest).isInstanceOf(KeysUnusableException.class);
        }

        assertThat(output).containsOnlyOnce("ALARM").contains("Restore the object, or set attache.keys.secrets");
        assertThat(keys.problem()).hasValueSatisfying(it -> assertThat(it).contains(OBJECT, "attache.keys.secrets"));
        store("new:" + KeysTests.base64(32) + "\n");
        assertThat(keys.newest().id()).isEqualTo("new");
        assertThat(keys.problem()).isEmpty();
    }

    @Test
    void emptyObjectIsUnreadable() {
        store("");

        assertThatIllegalStateException().isThrownBy(worker(1)::newest).withMessageContaining(OBJECT);
    }

    @Test
    void locatorKeyIsApartFromTheOthers() {
        Pause pause = attempt -> {};
        ConditionalObjects objects = new ConditionalObjects(s3, "attachments", pause);
        Keys locator = StoredKeys.locator(objects, "attache-keys/", new Random(3), pause);
        String created = sample(locator.newest());

        assertThat(s3.objects).containsOnlyKeys("attache-keys/locator");
        assertThat(sample(worker(4).newest())).isNotEqualTo(created);
        assertThat(sample(StoredKeys.locator(objects, "attache-keys/", new Random(5), pause)
                        .newest()))
                .isEqualTo(created);
    }

    @Test
    void unreadableLocatorKeyCannotBeReplacedByASetting() {
        s3.put("attache-keys/locator");
        Pause pause = attempt -> {};

        assertThatIllegalStateException()
                .isThrownBy(
                        StoredKeys.locator(
                                        new ConditionalObjects(s3, "attachments", pause),
                                        "attache-keys/",
                                        new Random(3),
                                        pause)::newest)
                .withMessageContaining("attache-keys/locator")
                .withMessageContaining("Restore the object")
                .withMessageNotContaining("attache.keys.secrets");
    }
}
