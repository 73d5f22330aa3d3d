package dev.attache.deadletters.tasks;

import dev.attache.deadletters.LeaseHeldException;
import dev.attache.deadletters.tasks.LeaseContent.State;
import dev.attache.ledger.objects.ConditionalObjects;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * One lease for each dead-letter queue, as an object with the queue's name, changed by compare-and-swap. The task that
 * has it is the only one that uses the queue. A lease that is not renewed in time may be taken over, with its task.
 */
final class QueueLeases {

    static final String CONTENT_TYPE = "application/json";

    /** ETags of free leases to remember; each task adds one. */
    private static final int MOST_KNOWN = 10_000;

    private final ConditionalObjects objects;

    private final S3Client s3;

    private final String bucket;

    private final String folder;

    private final Duration time;

    private final Clock clock;

    /** The ETags of leases that were free when they were read: they are not read again. */
    private final Set<String> free = ConcurrentHashMap.newKeySet();

    /**
     * @param folder ends with a slash
     * @param time after which a lease that was not renewed may be taken over
     */
    QueueLeases(ConditionalObjects objects, S3Client s3, String bucket, String folder, Duration time, Clock clock) {
        this.objects = objects;
        this.s3 = s3;
        this.bucket = bucket;
        this.folder = folder;
        this.time = time;
        this.clock = clock;
    }

    /** The task that holds the lease of a queue. */
    Optional<UUID> holder(String queue) {
        return objects.get(folder + queue)
                .map(stored -> LeaseContent.read(stored.content()))
                .filter(content -> !content.isFree())
                .map(LeaseContent::task);
    }

    /**
     * Takes the lease of a queue for a new task.
     *
     * @param by who starts the task
     * @throws LeaseHeldException if another task has it, also if that waits for an instance that resumes it
     */
    Lease acquire(String queue, UUID task, String by) {
        String key = folder + queue;
        Optional<ConditionalObjects.Stored> stored = objects.get(key);
        stored.map(it -> LeaseContent.read(it.content()))
                .filter(content -> !content.isFree())
                .ifPresent(content -> {
                    throw heldBy(queue, content);
                });
        Instant now = clock.instant();
        LeaseContent wanted = LeaseContent.held(task, by, now, now);
        Optional<String> eTag = stored.isPresent()
                ? objects.putIfMatch(
                        key, wanted.bytes(), CONTENT_TYPE, stored.get().eTag())
                : objects.putIfAbsent(key, wanted.bytes(), CONTENT_TYPE);
        return eTag.map(it -> lease(key, wanted, it, false)).orElseGet(() -> afterConflict(key, wanted));
    }

    /** Another instance was faster, or the response to this write was lost. */
    private Lease afterConflict(String key, LeaseContent wanted) {
        ConditionalObjects.Stored stored = objects.get(key).orElseThrow();
        LeaseContent content = LeaseContent.read(stored.content());
        if (!content.equals(wanted)) {
            throw heldBy(key.substring(folder.length()), content);
        }
        return lease(key, content, stored.eTag(), false);
    }

    private static LeaseHeldException heldBy(String queue, LeaseContent content) {
        return new LeaseHeldException(queue, content.by(), content.task(), content.since());
    }

    /** Takes over the leases that were not renewed in time, or that were left by instances that stopped. */
    List<Lease> takeOver() {
        if (free.size() > MOST_KNOWN) {
            free.clear();
        }
        List<Lease> taken = new ArrayList<>();
        for (S3Object listed : s3.listObjectsV2Paginator(it -> it.bucket(bucket).prefix(folder))
                .contents()) {
            if (listed.eTag() == null || !free.contains(listed.eTag())) {
                takeOver(listed.key()).ifPresent(taken::add);
            }
        }
        return taken;
    }

    private Optional<Lease> takeOver(String key) {
        Optional<ConditionalObjects.Stored> stored = objects.get(key);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        LeaseContent content = LeaseContent.read(stored.get().content());
        return switch (content.state()) {
            case FREE -> {
                free.add(stored.get().eTag());
                yield Optional.empty();
            }
            case LEFT -> takeOver(key, content, stored.get().eTag());
            case HELD ->
                age(stored.get(), content).compareTo(time) > 0
                        ? takeOver(key, content, stored.get().eTag())
                        : Optional.empty();
        };
    }

    private Optional<Lease> takeOver(String key, LeaseContent content, String eTag) {
        LeaseContent mine = LeaseContent.held(content.task(), content.by(), content.since(), clock.instant());
        return objects.putIfMatch(key, mine.bytes(), CONTENT_TYPE, eTag)
                .map(written -> lease(key, mine, written, content.state() == State.HELD));
    }

    private Lease lease(String key, LeaseContent content, String eTag, boolean afterCrash) {
        return new Lease(objects, key, key.substring(folder.length()), time, clock, afterCrash, content, eTag);
    }

    private Duration age(ConditionalObjects.Stored stored, LeaseContent content) {
        return Objects.requireNonNullElseGet(
                stored.age(), () -> Duration.between(content.renewedAt(), clock.instant()));
    }
}
