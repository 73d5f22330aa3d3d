package dev.attache.binder.settings;

import dev.attache.binder.message.VisibilityLease;
import java.time.Duration;
import java.util.List;

/**
 * The settings of an input, under {@code spring.cloud.stream.sqs.bindings.<name>.consumer} or, for all inputs, under
 * {@code spring.cloud.stream.sqs.default.consumer}. Spring Cloud Stream binds them by their setters.
 */
public class SqsConsumerProperties {

    private static final Duration SHORTEST_VISIBILITY = Duration.ofSeconds(5);

    /** Amazon SQS API Reference, "ReceiveMessage": {@code WaitTimeSeconds}. */
    private static final Duration LONGEST_POLL = Duration.ofSeconds(20);

    /** The largest number of messages in flight. With less than ten, each receive asks for fewer messages as well. */
    private int maxInFlight = 50;

    /** How long one receive waits for messages: at most 20 s. */
    private Duration pollTimeout = Duration.ofSeconds(20);

    /**
     * How long a stop waits for the messages in flight, for all inputs together. It should be longer than the poll
     * timeout: SQS may still deliver a message that was just released to a poll that was cancelled.
     */
    private Duration drainTimeout = Duration.ofSeconds(25);

    /** How long publishing all outputs of one message may take. */
    private Duration publishTimeout = Duration.ofSeconds(30);

    /** The upper bound of the first pause before another attempt; it doubles with each receive. */
    private Duration backoffInitial = Duration.ofSeconds(2);

    /** The upper bound of any pause before another attempt. */
    private Duration backoffMax = Duration.ofMinutes(5);

    /** The names of the message attributes that a function receives as headers. */
    private List<String> attributes = List.of();

    /** The names of the services that this input's messages need: while one is down, no messages are received. */
    private List<String> needs = List.of();

    /** How often a message is retried in place, if a service did not answer, before it is released. */
    private int triesInPlace = 8;

    /**
     * How long a message is kept in flight while a service is down, before it is released for other workers. It doubles
     * with each receive, up to 11 h 45 min: ten receives last for more than 62 hours of an outage.
     */
    private Duration releaseAfter = Duration.ofMinutes(15);

    /** The pause before the first retry in place; it doubles with each retry, up to sixteen times the first one. */
    private Duration pauseInPlace = Duration.ofMillis(250);

    /**
     * How long a received message stays invisible unless the heartbeat extends it. It is requested with each receive,
     * so the queue's own timeout does not matter. After a crash a message is received again when this time is over.
     */
    private Duration visibilityTimeout = Duration.ofSeconds(60);

    /** Whether a queue without a redrive policy is accepted. Its rejected messages are logged and deleted. */
    private boolean deadLetterQueueOptional;

    public int getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(int maxInFlight) {
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("max-in-flight is " + maxInFlight + ", but must be at least 1");
        }
        this.maxInFlight = maxInFlight;
    }

    public Duration getPollTimeout() {
        return pollTimeout;
    }

    public void setPollTimeout(Duration pollTimeout) {
        if (pollTimeout.isNegative() || pollTimeout.compareTo(LONGEST_POLL) > 0) {
            throw new IllegalArgumentException("poll-timeout is " + pollTimeout
                    + ", but must be between 0 and 20s: SQS refuses receives that wait longer");
        }
        this.pollTimeout = pollTimeout;
    }

    public Duration getDrainTimeout() {
        return drainTimeout;
    }

    public void setDrainTimeout(Duration drainTimeout) {
        this.drainTimeout = drainTimeout;
    }

    public Duration getPublishTimeout() {
        return publishTimeout;
    }

    public void setPublishTimeout(Duration publishTimeout) {
        this.publishTimeout = publishTimeout;
    }

    public Duration getBackoffInitial() {
        return backoffInitial;
    }

    public void setBackoffInitial(Duration backoffInitial) {
        this.backoffInitial = backoffInitial;
    }

    public Duration getBackoffMax() {
        return backoffMax;
    }

    public void setBackoffMax(Duration backoffMax) {
        this.backoffMax = backoffMax;
    }

    public List<String> getAttributes() {
        return attributes;
    }

    public void setAttributes(List<String> attributes) {
        this.attributes = List.copyOf(attributes);
    }

    public boolean isDeadLetterQueueOptional() {
        return deadLetterQueueOptional;
    }

    public void setDeadLetterQueueOptional(boolean deadLetterQueueOptional) {
        this.deadLetterQueueOptional = deadLetterQueueOptional;
    }

    public List<String> getNeeds() {
        return needs;
    }

    public void setNeeds(List<String> needs) {
        this.needs = List.copyOf(needs);
    }

    public int getTriesInPlace() {
        return triesInPlace;
    }

    public void setTriesInPlace(int triesInPlace) {
        this.triesInPlace = triesInPlace;
    }

    public Duration getReleaseAfter() {
        return releaseAfter;
    }

    public void setReleaseAfter(Duration releaseAfter) {
        if (releaseAfter.isNegative() || releaseAfter.compareTo(Duration.ofHours(11)) > 0) {
            throw new IllegalArgumentException("release-after is " + releaseAfter + ", but must be between 0 and 11h: "
                    + "SQS keeps a message invisible for twelve hours at most");
        }
        this.releaseAfter = releaseAfter;
    }

    public Duration getVisibilityTimeout() {
        return visibilityTimeout;
    }

    public void setVisibilityTimeout(Duration visibilityTimeout) {
        if (visibilityTimeout.compareTo(SHORTEST_VISIBILITY) < 0
                || visibilityTimeout.compareTo(VisibilityLease.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "visibility-timeout is " + visibilityTimeout + ", but must be between 5s and 12h: the heartbeat"
                            + " extends it every third of it and must be able to fail once, and SQS permits 12h"
                            + " at most");
        }
        this.visibilityTimeout = visibilityTimeout;
    }

    public Duration getPauseInPlace() {
        return pauseInPlace;
    }

    public void setPauseInPlace(Duration pauseInPlace) {
        this.pauseInPlace = pauseInPlace;
    }
}
