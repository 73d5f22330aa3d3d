package dev.attache.queues.sampling;

import dev.attache.binder.failure.AwsErrorKind;
import dev.attache.queues.Depth;
import dev.attache.queues.KnownQueue;
import dev.attache.queues.QueueReference;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads the attributes of queues ("GetQueueAttributes"). */
final class QueueReader {

    private static final QueueAttributeName[] ATTRIBUTES = {
        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED,
        QueueAttributeName.MESSAGE_RETENTION_PERIOD,
        QueueAttributeName.REDRIVE_POLICY
    };

    private static final Duration ATTEMPT = Duration.ofSeconds(2);

    private static final Duration CALL = Duration.ofSeconds(4);

    private final SqsClient sqs;

    QueueReader(SqsClient sqs) {
        this.sqs = sqs;
    }

    /**
     * Reads a queue.
     *
     * @param account the account that owns it; null for the worker's own
     * @throws software.amazon.awssdk.core.exception.SdkException if SQS refuses it or does not answer
     */
    QueueReading read(KnownQueue queue, @Nullable String account) {
        String url = queue.url().equals(queue.name()) ? url(queue.name(), account) : queue.url();
        Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(request ->
                        request.queueUrl(url).attributeNames(ATTRIBUTES).overrideConfiguration(QueueReader::shortly))
                .attributes();
        return new QueueReading(
                url,
                new Depth(
                        number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, 0),
                        number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, 0),
                        number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, 0)),
                deadLetters(attributes.get(QueueAttributeName.REDRIVE_POLICY)),
                Duration.ofSeconds(number(
                        attributes,
                        QueueAttributeName.MESSAGE_RETENTION_PERIOD,
                        KnownQueue.DEFAULT_RETENTION.toSeconds())));
    }

    private String url(String name, @Nullable String account) {
        return sqs.getQueueUrl(request -> request.queueName(name)
                        .queueOwnerAWSAccountId(account)
                        .overrideConfiguration(QueueReader::shortly))
                .queueUrl();
    }

    /** The next sample asks again, so a call that takes long is given up. */
    private static void shortly(AwsRequestOverrideConfiguration.Builder call) {
        call.apiCallAttemptTimeout(ATTEMPT).apiCallTimeout(CALL);
    }

    private static long number(Map<QueueAttributeName, String> attributes, QueueAttributeName name, long otherwise) {
        String value = attributes.get(name);
        return value == null ? otherwise : Long.parseLong(value);
    }

    private static @Nullable String deadLetters(@Nullable String redrivePolicy) {
        if (redrivePolicy == null || redrivePolicy.isBlank()) {
            return null;
        }
        try {
            String target = JsonMapper.shared()
                    .readTree(redrivePolicy)
                    .path("deadLetterTargetArn")
                    .asString("");
            return target.isEmpty() ? null : QueueReference.of(target).name();
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Why a queue could not be read, and the fix, in one sentence for operators. */
    static String problem(RuntimeException error) {
        String code = AwsErrorKind.describe(error);
        return switch (AwsErrorKind.of(error)) {
            case RESOURCE ->
                ("The queue does not exist (%s): create it again, for example with infra/setup.sh, or correct the"
                                + " setting that names it.")
                        .formatted(code);
            case PERMISSION, KEY ->
                ("SQS refuses this worker the queue's attributes (%s): allow sqs:GetQueueUrl and sqs:GetQueueAttributes"
                                + " on it in the policy of the worker's role.")
                        .formatted(code);
            case CREDENTIALS ->
                "The worker's credentials are not valid (%s): renew them, and check its clock.".formatted(code);
            case SERVICE -> "SQS did not answer (%s); it is asked again at the next sample.".formatted(code);
            case REQUEST -> "SQS did not accept the request (%s).".formatted(code);
        };
    }
}
