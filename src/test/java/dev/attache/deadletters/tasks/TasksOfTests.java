package dev.attache.deadletters.tasks;

import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.ledger.objects.ConditionalObjects;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.S3Client;

/** Tasks that a test runs in its own thread. */
public final class TasksOfTests {

    private static final Random RANDOM = new Random(1);

    private TasksOfTests() {}

    /** @param wait is called instead of waiting */
    public static TaskRun run(
            TaskRequest request, ConditionalObjects objects, S3Client s3, Clock clock, Consumer<Duration> wait) {
        TaskStore store = store(objects, s3);
        TaskRecord record = TaskRecord.started(TaskIds.at(clock.instant(), RANDOM), request, "ana", clock.instant());
        store.create(record);
        return new TaskRun(record, store, Duration.ZERO, clock, (time, ending) -> wait.accept(time));
    }

    /** The same task in another instance, after the first one has crashed. */
    public static TaskRun resumed(
            UUID task, Duration hidden, ConditionalObjects objects, S3Client s3, Clock clock, Consumer<Duration> wait) {
        TaskStore store = store(objects, s3);
        TaskRecord record = store.change(task, TaskRecord::resumed);
        return new TaskRun(record, store, hidden, clock, (time, ending) -> wait.accept(time));
    }

    /** What operators see of it. */
    public static Task stored(TaskRun run) {
        run.save();
        return run.record().task();
    }

    static TaskStore store(ConditionalObjects objects, S3Client s3) {
        return new TaskStore(objects, s3, "bucket", "tasks/", attempt -> {});
    }
}
