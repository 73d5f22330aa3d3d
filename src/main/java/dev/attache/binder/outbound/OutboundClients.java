package dev.attache.binder.outbound;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.provisioning.ProvisioningException;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * The clients that outputs publish with. An application without topics needs no client of SNS.
 *
 * @param snsIfPresent the application's client of SNS; null if it has none
 */
public record OutboundClients(SqsAsyncClient sqs, Supplier<@Nullable SnsAsyncClient> snsIfPresent) {

    /**
     * The application's client of SNS.
     *
     * @param topic the topic that it is needed for
     * @throws ProvisioningException if the application has none
     */
    public SnsAsyncClient sns(String topic) {
        SnsAsyncClient sns = snsIfPresent.get();
        if (sns == null) {
            throw new ProvisioningException(
                    ("Topic %s is the destination of an output, but the application has no bean of type SnsAsyncClient:"
                                    + " define one, or publish to a queue (destination queue:<name>)")
                            .formatted(topic));
        }
        return sns;
    }
}
