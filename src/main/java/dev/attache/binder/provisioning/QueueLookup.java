package dev.attache.binder.provisioning;

import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.provisioning.ProvisioningException;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Asks SQS for the URLs and attributes of queues. */
record QueueLookup(SqsAsyncClient sqs) {

    private static final Logger log = LoggerFactory.getLogger(QueueLookup.class);

    /** @throws ProvisioningException if there is no such queue, or SQS does not answer */
    String url(QueueAddress queue) {
        if (queue.url() != null) {
            return queue.url();
        }
        try {
            return urlIn(queue.account(), queue.name());
        } catch (QueueDoesNotExistException e) {
            throw missing(queue);
        }
    }

    private static ProvisioningException missing(QueueAddress queue) {
        return new ProvisioningException(
                ("There is no queue %s %s: create it, or correct the destination that names it. The binder does not"
                                + " create queues")
                        .formatted(queue.name(), queue.place()));
    }

    /** @param account null for the worker's own */
    private String urlIn(@Nullable String account, String name) {
        return lookUp(
                        "queue " + name,
                        () -> sqs.getQueueUrl(request -> request.queueName(name).queueOwnerAWSAccountId(account))
                                .join())
                .queueUrl();
    }

    /** @throws ProvisioningException if there is no such queue, or SQS does not answer */
    Map<QueueAttributeName, String> attributes(QueueAddress queue, String url) {
        try {
            return lookUp("the attributes of queue " + queue.name(), () -> attributesOf(url));
        } catch (QueueDoesNotExistException e) {
            throw missing(queue);
        }
    }

    private Map<QueueAttributeName, String> attributesOf(String url) {
        return sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .join()
                .attributes();
    }

    /** A dead-letter queue has the account and the region of its source queue. */
    String deadLetterUrl(QueueAddress queue, String deadLetters) {
        try {
            return urlIn(queue.account(), deadLetters);
        } catch (QueueDoesNotExistException e) {
            throw new ProvisioningException(
                    ("Queue %s has the dead-letter queue %s, but there is none of that name %s: create it, or correct"
                                    + " the queue's redrive policy")
                            .formatted(queue.name(), deadLetters, queue.place()));
        }
    }

    /** The permission to write dead letters does not include the one to read their queue's attributes. */
    Map<QueueAttributeName, String> attributesIfAllowed(String name, String url) {
        try {
            return attributesOf(url);
        } catch (CompletionException e) {
            if (e.getCause() instanceof SqsException denied && isDenial(denied)) {
                log.info(
                        "Size and retention of dead-letter queue {} are not checked: sqs:GetQueueAttributes on it is"
                                + " denied",
                        name);
                return Map.of();
            }
            throw lookUpFailed("the attributes of queue " + name, e);
        }
    }

    /** SQS answers 403, or 400 with a code of its JSON protocol. */
    private static boolean isDenial(SqsException error) {
        return error.statusCode() == 403
                || (error.awsErrorDetails() != null
                        && String.valueOf(error.awsErrorDetails().errorCode()).contains("AccessDenied"));
    }

    /** The client's region; null if the client does not tell. */
    @Nullable
    String region() {
        return region(sqs::serviceClientConfiguration);
    }

    static @Nullable String region(Supplier<? extends AwsServiceClientConfiguration> client) {
        try {
            Region region = client.get().region();
            return region == null ? null : region.id();
        } catch (UnsupportedOperationException e) {
            return null;
        }
    }

    static <T> T lookUp(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (CompletionException e) {
            if (e.getCause() instanceof QueueDoesNotExistException missing) {
                throw missing;
            }
            throw lookUpFailed(what, e);
        }
    }

    private static ProvisioningException lookUpFailed(String what, CompletionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new ProvisioningException(
                "AWS could not be asked for " + what
                        + ": check endpoint, region, credentials and permissions. The cause: "
                        + cause.getMessage(),
                cause);
    }
}
