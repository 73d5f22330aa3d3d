package dev.attache.upload.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.ObjectRef;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.UploadFile.MultipartUpload;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.StoredObject;
import dev.attache.storage.multipart.MultipartObjects;
import dev.attache.storage.multipart.StoredPart;
import dev.attache.upload.multipart.Tab.Shown;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/**
 * Two tabs send files of the same name and size, in any order of their calls, while each call to S3 and to the ledger
 * may fail before or after it takes effect.
 */
class LostAnswersTests extends MultipartTestBase {

    private static final int RUNS = 300;

    private static final Map<String, String> FILES = Map.of("one", "aaaabbbbcccc1", "two", "aaaaddddeeee2");

    private Random random = new Random(0);

    private int failing;

    private final Tab.Worker unreliable =
            worker(new UnreliableLedger(), new UnreliableMultiparts(), new UnreliableCatalog());

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 20, 50})
    void oneFileIsStoredWholeAndNobodyIsThankedForTheOther(int percent) {
        for (int seed = 0; seed < RUNS; seed++) {
            run(seed, percent);
        }
    }

    private void run(int seed, int percent) {
        random = new Random(seed);
        clock.set(NOW);
        ledger.uploads.clear();
        s3.pending.clear();
        s3.objects.clear();
        openForOneFile();
        // Files that the browser describes equally, or not.
        boolean equal = random.nextBoolean();
        Tab one = new Tab(unreliable, "one", bytes("one"), 1);
        Tab two = new Tab(unreliable, "two", bytes("two"), equal ? 1 : 2);
        failing = percent;
        for (int step = 0; step < 60; step++) {
            step(random.nextBoolean() ? one : two);
        }
        failing = 0;
        one.sendAll();
        two.sendAll();

        assertThat(s3.objects).as("seed %d", seed).containsOnlyKeys(KEY);
        String object = object(KEY);
        assertThat(FILES.values()).as("seed %d", seed).contains(object);
        assertThat(file(1).arrival()).as("seed %d", seed).isNotNull();
        for (Tab tab : List.of(one, two)) {
            assertThat(tab.shown == Shown.RECORDED)
                    .as("seed %d: %s for %s", seed, tab.shown, object)
                    .isIn(false, object.equals(new String(tab.file, StandardCharsets.UTF_8)));
        }
        assertThat(List.of(one, two))
                .as("seed %d", seed)
                .anyMatch(tab -> object.equals(new String(tab.file, StandardCharsets.UTF_8))
                        && (tab.shown == Shown.RECORDED || tab.shown == Shown.ARRIVED_BEFORE));
        assertEveryPartCanBeRemoved(seed);
    }

    /** Multipart uploads that are not in the record have no parts. */
    private void assertEveryPartCanBeRemoved(int seed) {
        List<String> known =
                file(1).multiparts().stream().map(MultipartUpload::uploadId).toList();
        assertThat(s3.pending.entrySet().stream()
                        .filter(it -> !known.contains(it.getKey()))
                        .filter(it -> !it.getValue().parts().isEmpty()))
                .as("seed %d", seed)
                .isEmpty();
    }

    private void step(Tab tab) {
        switch (random.nextInt(20)) {
            case 0 -> tab.reload();
            case 1 -> clock.advance(InterruptedMultiparts.IDLE);
            default -> {
                try {
                    tab.step();
                } catch (Unanswered unanswered) {
                    // Repeated at a later step.
                }
            }
        }
    }

    private static byte[] bytes(String tab) {
        return FILES.get(tab).getBytes(StandardCharsets.UTF_8);
    }

    private static final class Unanswered extends RuntimeException {}

    private <T> T mayFail(Supplier<T> call) {
        boolean fails = random.nextInt(100) < failing;
        if (fails && random.nextBoolean()) {
            throw new Unanswered();
        }
        T answer = call.get();
        if (fails) {
            throw new Unanswered();
        }
        return answer;
    }

    private final class UnreliableLedger implements OpenUploads {

        @Override
        public OpenUpload open(OpenUpload proposed) {
            return mayFail(() -> ledger.open(proposed));
        }

        @Override
        public Optional<OpenUpload> find(UUID id) {
            return mayFail(() -> ledger.find(id));
        }

        @Override
        public Optional<OpenUpload> findByPage(String pageId) {
            return mayFail(() -> ledger.findByPage(pageId));
        }

        @Override
        public OpenUpload change(UUID id, UnaryOperator<OpenUpload> change) {
            return mayFail(() -> ledger.change(id, change));
        }
    }

    private final class UnreliableCatalog implements ObjectCatalog {

        @Override
        public StoredObject find(ObjectRef object) {
            return mayFail(() -> s3.find(object));
        }

        @Override
        public StoredObject findFresh(ObjectRef object) {
            return mayFail(() -> s3.findFresh(object));
        }

        @Override
        public InputStream open(StoredObject stored, long from, int length) {
            return s3.open(stored, from, length);
        }
    }

    private final class UnreliableMultiparts implements MultipartObjects {

        @Override
        public String create(CreateMultipartUploadRequest request) {
            return mayFail(() -> s3.create(request));
        }

        @Override
        public Optional<List<StoredPart>> parts(ObjectRef object, String uploadId) {
            return mayFail(() -> s3.parts(object, uploadId));
        }

        @Override
        public Completion complete(ObjectRef object, String uploadId, long size, List<StoredPart> parts) {
            return mayFail(() -> s3.complete(object, uploadId, size, parts));
        }

        @Override
        public void abort(ObjectRef object, String uploadId) {
            mayFail(() -> {
                s3.abort(object, uploadId);
                return true;
            });
        }

        @Override
        public Optional<String> checksum(ObjectRef object) {
            return mayFail(() -> s3.checksum(object));
        }
    }
}
