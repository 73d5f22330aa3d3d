package dev.attache.binder.provisioning;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.provisioning.ProvisioningException;

/**
 * A queue as a binding names it: by its name, its ARN or its URL (Amazon SQS Developer Guide, "Queue and message
 * identifiers").
 *
 * @param name the queue's name
 * @param account the account that owns it; null for the worker's own
 * @param region its region; null for the worker's own, and for URLs that do not name one
 * @param url its URL; null if it has to be looked up
 */
record QueueAddress(
        String name,
        @Nullable String account,
        @Nullable String region,
        @Nullable String url) {

    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:sqs:([a-z0-9-]+):(\\d{12}):([A-Za-z0-9_-]{1,80}(?:\\.fifo)?)");

    private static final Pattern PATH = Pattern.compile("/(?:.*?/)??(?:(\\d{12})/)?([A-Za-z0-9_-]{1,80}(?:\\.fifo)?)");

    /** Of public endpoints, the older ones included, and of endpoints in a VPC. */
    private static final Pattern HOST =
            Pattern.compile("(?:.*\\.)?sqs(?:-fips)?\\.([a-z0-9-]+)\\.(?:vpce\\.)?amazonaws\\.com(?:\\.cn)?"
                    + "|([a-z0-9-]+)\\.queue\\.amazonaws\\.com(?:\\.cn)?");

    /** @throws ProvisioningException for an ARN or a URL that is not one of a queue */
    static QueueAddress of(@Nullable String binding, String destination) {
        if (destination.startsWith("arn:")) {
            Matcher arn = ARN.matcher(destination);
            if (!arn.matches()) {
                throw unusable(binding, destination, "arn:aws:sqs:<region>:<account>:<name>");
            }
            return new QueueAddress(arn.group(3), arn.group(2), arn.group(1), null);
        }
        return isUrl(destination) ? ofUrl(binding, destination) : new QueueAddress(destination, null, null, null);
    }

    static boolean isArn(String destination) {
        return destination.matches("arn:aws[a-z-]*:sqs:.*");
    }

    static boolean isUrl(String destination) {
        return destination.startsWith("https://") || destination.startsWith("http://");
    }

    private static QueueAddress ofUrl(@Nullable String binding, String destination) {
        URI url = URI.create(destination);
        Matcher path = PATH.matcher(String.valueOf(url.getPath()));
        if (url.getHost() == null || url.getQuery() != null || !path.matches()) {
            throw unusable(binding, destination, "https://sqs.<region>.amazonaws.com/<account>/<name>");
        }
        Matcher host = HOST.matcher(url.getHost());
        String region = null;
        if (host.matches()) {
            region = host.group(1) == null ? host.group(2) : host.group(1);
        }
        return new QueueAddress(path.group(2), path.group(1), region, destination);
    }

    private static ProvisioningException unusable(@Nullable String binding, String destination, String form) {
        return new ProvisioningException(
                "The destination of binding %s is %s, which is not the address of a queue: set it to the queue's name, or to %s"
                        .formatted(binding, destination, form));
    }

    /** @throws ProvisioningException if the client uses another region, where the queue does not exist */
    void requireRegion(@Nullable String binding, @Nullable String client) {
        if (region != null && client != null && !region.equals(client)) {
            throw new ProvisioningException(
                    ("Queue %s of binding %s is in region %s, but the client of SQS uses %s: the binder reads and"
                        + " writes the queues of one region. Use a queue there, or set spring.cloud.aws.region.static")
                            .formatted(name, binding, region, client));
        }
    }

    /** Where to look for the queue, for error messages. */
    String place() {
        return account == null
                ? "in this account and region"
                : "in account " + account + ", or the queue's policy does not allow this worker sqs:GetQueueUrl";
    }
}
