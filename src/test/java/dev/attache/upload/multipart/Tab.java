package dev.attache.upload.multipart;

import dev.attache.ledger.OpenUpload;
import dev.attache.storage.multipart.StoredPart;
import dev.attache.upload.ChosenFile;
import dev.attache.upload.multipart.PartLinks.DuePart;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A browser's tab that sends a file in parts of {@link #PART} bytes, one call at each step. What fails is repeated at
 * the next step.
 */
final class Tab {

    static final int PART = 4;

    /** What the tab shows at the end. */
    enum Shown {
        RECORDED,
        ARRIVED_BEFORE,
        OTHER_ARRIVED,
        CLOSED
    }

    /** The service under test, and the storage that the tab sends its parts to. */
    record Worker(
            Supplier<OpenUpload> page,
            MultipartStart starts,
            PartLinks links,
            MultipartCompletion completion,
            S3InMemory storage) {}

    private final Worker worker;

    final byte[] file;

    private final ChosenFile chosen;

    private String id;

    private MultipartStart.Result.@Nullable Ready ready;

    private final Deque<Integer> missing = new ArrayDeque<>();

    @Nullable
    Shown shown;

    int sentParts;

    int starts;

    Tab(Worker worker, String id, byte[] file, long lastModified) {
        this.worker = worker;
        this.id = id;
        this.file = file;
        this.chosen = new ChosenFile("report.pdf", "application/pdf", file.length, lastModified);
    }

    /** The person loads the page again, and chooses the same file. */
    void reload() {
        ready = null;
        missing.clear();
    }

    /** The person opens the page in another tab, and chooses the same file. */
    void reopenAs(String otherId) {
        reload();
        id = otherId;
    }

    void sendAll() {
        while (shown == null) {
            step();
        }
    }

    /** Sends this number of parts, and stops. */
    void sendParts(int count) {
        int end = sentParts + count;
        while (sentParts < end) {
            step();
        }
    }

    void step() {
        if (shown != null) {
            return;
        }
        if (ready == null) {
            start();
        } else if (!missing.isEmpty()) {
            sendNext(ready, missing.getFirst());
        } else {
            complete(ready);
        }
    }

    private void start() {
        starts++;
        OpenUpload upload = worker.page().get();
        switch (worker.starts().start(upload, new MultipartStart.Request(chosen, S3InMemory.sha256(part(1)), id))) {
            case MultipartStart.Result.Ready started -> {
                ready = started;
                IntStream.rangeClosed(1, parts())
                        .filter(number -> started.parts().stream().noneMatch(it -> isMine(it, number)))
                        .forEach(missing::add);
            }
            case MultipartStart.Result.Arrived arrived -> shown = Shown.ARRIVED_BEFORE;
            case MultipartStart.Result.Full full -> shown = Shown.OTHER_ARRIVED;
            case MultipartStart.Result.Closed closed -> shown = Shown.CLOSED;
            case MultipartStart.Result.Busy busy -> throw new IllegalStateException("Busy");
            case MultipartStart.Result.OnlyWhole whole -> throw new AssertionError("The request states no SHA-256");
        }
    }

    private boolean isMine(StoredPart stored, int number) {
        return stored.number() == number && Objects.equals(stored.sha256(), S3InMemory.sha256(part(number)));
    }

    private void sendNext(MultipartStart.Result.Ready started, int number) {
        byte[] bytes = part(number);
        PartLinks.Result signed = worker.links()
                .sign(
                        worker.page().get(),
                        started.number(),
                        started.multipart().uploadId(),
                        List.of(new DuePart(number, S3InMemory.sha256(bytes))));
        if (signed instanceof PartLinks.Result.Unknown
                || !worker.storage().putPart(started.multipart().uploadId(), number, bytes)) {
            reload();
            return;
        }
        sentParts++;
        missing.removeFirst();
    }

    private void complete(MultipartStart.Result.Ready started) {
        MultipartCompletion.Result result = worker.completion()
                .complete(
                        worker.page().get(),
                        started.number(),
                        started.multipart().uploadId(),
                        checksum());
        switch (result) {
            case MultipartCompletion.Result.Recorded recorded -> shown = Shown.RECORDED;
            case MultipartCompletion.Result.OtherArrived other -> shown = Shown.OTHER_ARRIVED;
            case MultipartCompletion.Result.PartsChanged changed -> reload();
            case MultipartCompletion.Result.Closed closed -> shown = Shown.CLOSED;
            case MultipartCompletion.Result.Undecided undecided -> {
                // Repeated at the next step.
            }
            case MultipartCompletion.Result.Refused refused -> throw new AssertionError("The file meets the terms");
        }
    }

    private String checksum() {
        return PartChecksums.composite(IntStream.rangeClosed(1, parts())
                        .mapToObj(number -> {
                            byte[] bytes = part(number);
                            return new StoredPart(number, bytes.length, "", S3InMemory.sha256(bytes), Instant.EPOCH);
                        })
                        .toList())
                .orElseThrow();
    }

    private int parts() {
        return Math.ceilDiv(file.length, PART);
    }

    private byte[] part(int number) {
        return Arrays.copyOfRange(file, (number - 1) * PART, Math.min(number * PART, file.length));
    }
}
