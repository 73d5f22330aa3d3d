package dev.attache.sandbox.sns;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The latest messages that were published to any topic. Their number and their size are bounded; the oldest are dropped
 * first.
 */
public final class PublishedMessages {

    /** The most messages that are kept. */
    public static final int MAX_MESSAGES = 100;

    /** The most characters that are kept in total. The latest message is kept even if it is longer. */
    static final int MAX_CHARACTERS = 4 * 1024 * 1024;

    private final Clock clock;
    private final Deque<PublishedMessage> kept = new ArrayDeque<>();
    private long total;
    private int characters;

    public PublishedMessages(Clock clock) {
        this.clock = clock;
    }

    /**
     * A message that was published.
     *
     * @param number counts all messages from 1
     * @param topic the topic's name
     */
    public record PublishedMessage(long number, String topic, Instant publishedAt, String body) {

        /** Without the body: links are secrets, and failing assertions print what they compare. */
        @Override
        public String toString() {
            return "PublishedMessage[number=%d, topic=%s, publishedAt=%s]".formatted(number, topic, publishedAt);
        }
    }

    /** The messages that are kept, newest first. */
    public synchronized List<PublishedMessage> newestFirst() {
        return List.copyOf(kept);
    }

    synchronized void add(String topicArn, String body) {
        total++;
        characters += body.length();
        kept.addFirst(
                new PublishedMessage(total, topicArn.substring(topicArn.lastIndexOf(':') + 1), clock.instant(), body));
        while (kept.size() > MAX_MESSAGES || characters > MAX_CHARACTERS && kept.size() > 1) {
            characters -= kept.removeLast().body().length();
        }
    }
}
