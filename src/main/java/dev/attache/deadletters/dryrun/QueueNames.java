package dev.attache.deadletters.dryrun;

/** Compares the destinations of bindings with names of queues. */
public final class QueueNames {

    private QueueNames() {}

    /**
     * Whether a destination is the queue with this name.
     *
     * @param destination the name, the ARN or the URL of a queue
     */
    public static boolean isNameOf(String destination, String name) {
        return destination.equals(name) || destination.endsWith(":" + name) || destination.endsWith("/" + name);
    }
}
