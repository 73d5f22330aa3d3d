package dev.attache.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.EventType;
import dev.attache.contract.UploadCompleted;
import dev.attache.ledger.UploadFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several tabs send files, lose answers, and are notified about twice, late or never, while several workers and sweeps
 * act at the same time and stop at any step. What follows is compared with the objects that are stored in the end.
 */
class SeveralFilesInAnyOrderTests {

    private static final int RUNS = 150;

    private static final int STEPS = 120;

    private UploadWorld world = new UploadWorld(0, null, () -> {});

    private final List<SimulatedTab> tabs = new ArrayList<>();

    static Stream<Integer> seeds() {
        return IntStream.range(0, RUNS).boxed();
    }

    private void simulate(int seed) {
        @Nullable Integer maxFiles = seed % 4 == 0 ? null : seed % 4;
        world = new UploadWorld(seed, maxFiles, this::step);
        for (int tab = 0; tab < 2 + world.random.nextInt(5); tab++) {
            // Equal names and sizes are frequent, and some files are the same in two tabs.
            String name = world.random.nextBoolean() ? "scan.pdf" : "scan" + world.random.nextInt(3) + ".pdf";
            tabs.add(new SimulatedTab(
                    world, new ChosenFile(name, "application/pdf", 500, (long) world.random.nextInt(3))));
        }
        world.faults.failing = seed % 5 * 8;
        for (int step = 0; step < STEPS; step++) {
            step();
        }
        // Nobody signs any more, and most of what was under way ends.
        world.faults.failing = 0;
        for (int rest = world.random.nextInt(8); rest > 0; rest--) {
            world.deliverNotification();
        }
        world.settle();
    }

    private void step() {
        world.clock.advance(Duration.ofSeconds(world.random.nextInt(50)));
        try {
            switch (world.random.nextInt(30)) {
                case 0 -> world.sweep();
                case 1 -> complete();
                case 2 -> decline();
                case 3, 4, 5, 6, 7 -> world.deliverNotification();
                case 8, 9, 10 -> world.runBackground();
                default -> tabs.get(world.random.nextInt(tabs.size())).step();
            }
        } catch (IllegalStateException fault) {
            // The process stopped at this call; another step does it again, or nobody does.
        }
    }

    private void complete() {
        if (world.random.nextInt(6) == 0
                && world.ending.complete(world.upload()) instanceof UploadEnding.Result.Completed completed) {
            assertThat(world.upload().arrived())
                    .hasSizeGreaterThanOrEqualTo(completed.receipt().files().size());
        }
    }

    private void decline() {
        if (world.random.nextInt(10) == 0) {
            world.ending.decline(world.upload(), "I have lost it");
        }
    }

    private List<String> storedKeys() {
        return world.store.objects.values().stream()
                .filter(object -> object.contentType().equals("application/pdf"))
                .map(object -> object.object().key())
                .toList();
    }

    /** The ids of the published events of a type. */
    private List<String> ids(EventType<?> type) {
        return world.published.stream()
                .filter(message -> type.name().equals(message.getHeaders().get("type")))
                .map(message ->
                        world.codec.originOf(message.getPayload()).orElseThrow().id())
                .distinct()
                .toList();
    }

    private <T> List<T> data(EventType<T> type) {
        return world.published.stream()
                .filter(message -> type.name().equals(message.getHeaders().get("type")))
                .map(message -> world.codec.read(message.getPayload(), type).data())
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyStoredFileIsRecordedAndNobodyIsToldOtherwise(int seed) {
        simulate(seed);

        assertThat(world.upload().arrived())
                .extracting(UploadFile::key)
                .containsExactlyInAnyOrderElementsOf(storedKeys())
                .hasSizeLessThanOrEqualTo(world.upload().terms().mostFiles());
        assertThat(tabs).filteredOn(tab -> tab.told).allMatch(SimulatedTab::isRecorded);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyFileAndEveryEndIsAnnouncedWithOneId(int seed) {
        simulate(seed);

        assertThat(data(EventType.ATTACHMENT_UPLOADED))
                .extracting(uploaded -> uploaded.key())
                .containsExactlyInAnyOrderElementsOf(storedKeys());
        assertThat(ids(EventType.ATTACHMENT_UPLOADED)).hasSameSizeAs(storedKeys());
        assertThat(ids(EventType.UPLOAD_DECLINED)).hasSize(world.upload().declined() == null ? 0 : 1);
        boolean completes = world.upload().terms().statesFiles()
                && world.upload().declined() == null
                && !storedKeys().isEmpty();
        assertThat(ids(EventType.UPLOAD_COMPLETED)).hasSize(completes ? 1 : 0);
        List<UploadCompleted> completed = data(EventType.UPLOAD_COMPLETED);
        assertThat(completed).hasSize(completes ? 1 : 0);
        int mailedTogether = completes
                ? Objects.requireNonNull(world.upload().completion()).files().size()
                : 0;
        // One to the person who waits, and one to the person who sent the files.
        assertThat(ids(EventType.LINK_ISSUED))
                .hasSize(2 * ((completes ? 1 : 0) + storedKeys().size() - mailedTogether));
        if (storedKeys().isEmpty() && world.upload().declined() == null) {
            assertThat(ids(EventType.UPLOAD_EXPIRED)).hasSize(1);
        }
    }
}
