package dev.attache.deadletters.tasks;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of tasks on dead-letter queues.
 *
 * @param limit the most letters of a snapshot
 * @param receives how many receives of ten letters a task makes at the same time
 * @param emptyRounds after how many rounds of receives without a new letter a task takes the queue for empty: SQS may
 *     answer a receive without letters although there are some
 * @param hold for how long a received letter is invisible to others; extended while the task needs it. If an instance
 *     crashes, its letters can be received again after this time
 * @param lease how long after a crash of an instance another one takes over its task
 * @param watch how often each instance looks for tasks to take over; also the longest time until it finds one
 * @param canaryPatience how long a replay waits for the outcomes of its first letters
 * @param edit whether letters may be edited and sent with a new id
 */
@ConfigurationProperties("attache.dead-letters")
public record DeadLetterProperties(
        @DefaultValue("10000") int limit,
        @DefaultValue("8") int receives,
        @DefaultValue("3") int emptyRounds,
        @DefaultValue("2m") Duration hold,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("10s") Duration watch,
        @DefaultValue("15m") Duration canaryPatience,
        @DefaultValue("false") boolean edit) {

    /** SQS refuses receives at 120,000 messages in flight ("Amazon SQS standard queues", quotas). */
    public static final int MOST_HELD = 100_000;

    private static final int MOST_RECEIVES = 25;

    public DeadLetterProperties {
        require(limit >= 1 && limit <= MOST_HELD, "limit", limit, "between 1 and 100000");
        require(receives >= 1 && receives <= MOST_RECEIVES, "receives", receives, "between 1 and 25");
        require(emptyRounds >= 1, "empty-rounds", emptyRounds, "at least 1");
        require(
                hold.compareTo(Duration.ofSeconds(10)) >= 0 && hold.compareTo(Duration.ofHours(6)) <= 0,
                "hold",
                hold,
                "between 10s and 6h");
        require(lease.compareTo(Duration.ofSeconds(5)) >= 0, "lease", lease, "at least 5s");
        require(watch.isPositive(), "watch", watch, "longer than 0s");
        require(canaryPatience.isPositive(), "canary-patience", canaryPatience, "longer than 0s");
    }

    private static void require(boolean valid, String name, Object value, String bounds) {
        if (!valid) {
            throw new IllegalArgumentException(
                    "attache.dead-letters.%s is %s, but must be %s".formatted(name, value, bounds));
        }
    }
}
