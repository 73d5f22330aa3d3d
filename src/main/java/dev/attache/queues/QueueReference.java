package dev.attache.queues;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A queue as settings name it: by name, by ARN ({@code arn:aws:sqs:<region>:<account>:<name>}) or by URL
 * ({@code https://…/<account>/<name>}).
 *
 * @param name the name alone
 * @param url the URL, if it was stated
 * @param account the account of the queue, if an ARN was stated
 */
public record QueueReference(
        String name, @Nullable String url, @Nullable String account) {

    private static final int ARN_PARTS = 6;

    /** @param stated a name, an ARN or a URL */
    public static QueueReference of(String stated) {
        String trimmed = stated.strip();
        if (trimmed.startsWith("https://") || trimmed.startsWith("http://")) {
            String path = URI.create(trimmed).getPath();
            return new QueueReference(path.substring(path.lastIndexOf('/') + 1), trimmed, null);
        }
        String[] parts = trimmed.split(":", ARN_PARTS);
        return trimmed.startsWith("arn:") && parts.length == ARN_PARTS
                ? new QueueReference(parts[5], null, parts[4])
                : new QueueReference(trimmed, null, null);
    }
}
