package dev.attache.queues;

import java.util.List;

/**
 * The state of each queue, as sampled at an interval ({@code attache.queues.sample-interval}) by this worker. It never
 * waits for SQS.
 */
public interface QueueMonitor {

    /** In the order of {@link QueueCatalog#all()}. A queue that could not be sampled has a problem. */
    List<QueueState> states();
}
