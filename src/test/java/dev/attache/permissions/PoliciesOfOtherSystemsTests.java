package dev.attache.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.permissions.iam.AwsRequest;
import dev.attache.permissions.iam.IamPolicy;
import dev.attache.topology.Topology;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Systems that send requests and those that subscribe to topics get no more than that. */
class PoliciesOfOtherSystemsTests {

    private final Topology topology = Topology.definition();

    @Test
    void sendersMaySendToTheQueuesOfEventsAndStoreSharedObjects() {
        assertThat(PoliciesTests.actions("upstream", Sample.queue("")))
                .isEqualTo(Map.of(
                        "attachment-requests", Set.of("sqs:GetQueueUrl", "sqs:SendMessage"),
                        "purchases-completed", Set.of("sqs:GetQueueUrl", "sqs:SendMessage")));
        assertThat(PoliciesTests.actions("upstream", Sample.object("")))
                .isEqualTo(Map.of("downloads/*", Set.of("s3:PutObject", "s3:AbortMultipartUpload")));
    }

    @Test
    void subscribersMaySubscribeQueuesToEveryTopic() {
        IamPolicy policy = PolicyFiles.read("subscriber");

        assertThat(topology.topics().keySet()).allSatisfy(topic -> {
            assertThat(policy.allows(
                            new AwsRequest("sns:Subscribe", Sample.topic(topic), Map.of("sns:Protocol", "sqs"))))
                    .isTrue();
            assertThat(policy.allows(
                            new AwsRequest("sns:Subscribe", Sample.topic(topic), Map.of("sns:Protocol", "https"))))
                    .isFalse();
        });
        assertThat(policy.permissions()).hasSameSizeAs(topology.topics().keySet());
    }
}
