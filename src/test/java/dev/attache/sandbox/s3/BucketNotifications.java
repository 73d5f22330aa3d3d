package dev.attache.sandbox.s3;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Sends events of created objects to the configured queues. As with S3, events are sent after the response to the
 * write, and a write does not fail if a queue cannot be reached.
 */
public final class BucketNotifications implements Consumer<ObjectCreated>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BucketNotifications.class);

    private final SqsClient sqs;
    private final S3EventJson json;
    private final Clock clock;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    // One thread, so that events are sent in the order of the writes.
    private final ExecutorService sender = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("s3-notifications").daemon().factory());

    /** @param sqs is not closed */
    public BucketNotifications(SqsClient sqs, S3EventJson json, Clock clock) {
        this.sqs = sqs;
        this.json = json;
        this.clock = clock;
    }

    /** Sends events of objects with this prefix to this queue from now on, and S3's test event first. */
    public void configure(String bucket, String prefix, String queueUrl) {
        var rule = new Rule(bucket, prefix, queueUrl);
        if (!rules.contains(rule)) {
            sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody(json.testEvent(bucket, clock.instant())));
            rules.add(rule);
        }
    }

    @Override
    public void accept(ObjectCreated created) {
        rules.stream().filter(rule -> rule.matches(created)).forEach(rule -> later(() -> send(rule, created)));
    }

    private void later(Runnable sending) {
        try {
            sender.execute(sending);
        } catch (RejectedExecutionException closed) {
            LOG.debug("An event was not sent, because the sandbox is stopping");
        }
    }

    private void send(Rule rule, ObjectCreated created) {
        try {
            sqs.sendMessage(request -> request.queueUrl(rule.queueUrl()).messageBody(json.objectCreated(created)));
        } catch (SdkException failed) {
            LOG.warn("No event sent to {} for {}: {}", rule.queueUrl(), created.key(), failed.getMessage());
        }
    }

    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(2, TimeUnit.SECONDS)) {
                sender.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            sender.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private record Rule(String bucket, String prefix, String queueUrl) {

        boolean matches(ObjectCreated created) {
            return created.bucket().equals(bucket) && created.key().startsWith(prefix);
        }
    }
}
