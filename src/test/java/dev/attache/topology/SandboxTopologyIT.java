package dev.attache.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.sandbox.AwsClients;
import dev.attache.sandbox.EmbeddedAws;
import dev.attache.sandbox.Ports;
import dev.attache.sandbox.Surroundings;
import dev.attache.sandbox.TopologyProvisioner;
import dev.attache.sandbox.TopologyWiring;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The sandbox has the queues, topics and subscriptions in {@code infra/topology.yaml}, and an inbox for each topic. */
class SandboxTopologyIT {

    private static EmbeddedAws aws;

    private final AwsClients clients = aws.surroundings().clients();

    private final Topology topology = Topology.definition();

    @BeforeAll
    static void start() {
        aws = new EmbeddedAws(Ports.random());
        new TopologyProvisioner(aws.surroundings().clients(), Surroundings.BUCKET, new TopologyWiring.Embedded(aws))
                .provision();
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    @Test
    void itHasTheQueuesOfTheDefinition() {
        assertThat(clients.sqs().listQueues().queueUrls())
                .extracting(url -> url.substring(url.lastIndexOf('/') + 1))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(topology.allQueues().stream(), TopologyProvisioner.INBOXES.stream())
                                .toList());
    }

    /** ElasticMQ does not keep the other attributes. */
    @Test
    void everyQueueHasTheVisibilityTimeoutAndTheRedrivePolicyOfTheDefinition() {
        assertThat(Topology.queueNames()).allSatisfy(queue -> {
            Map<QueueAttributeName, String> attributes = attributes(queue);
            assertThat(attributes)
                    .containsEntry(
                            QueueAttributeName.VISIBILITY_TIMEOUT,
                            String.valueOf(topology.queueSettings().visibility().toSeconds()));
            assertThat(attributes.get(QueueAttributeName.REDRIVE_POLICY))
                    .contains(
                            ':' + Topology.deadLetters(queue) + '"',
                            "\"maxReceiveCount\":" + topology.queueSettings().receives());
        });
    }

    @Test
    void everyTopicHasTheSubscriptionsOfTheDefinition() {
        assertThat(clients.sns().listTopics().topics())
                .extracting(topic -> name(topic.topicArn()))
                .containsExactlyInAnyOrderElementsOf(topology.topics().keySet());
        topology.topics()
                .forEach((name, topic) -> assertThat(subscribers(name))
                        .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                        topic.subscriptions().stream().map(Topology.Subscription::queue),
                                        Stream.of(name + "-inbox"))
                                .toList()));
    }

    private List<String> subscribers(String topic) {
        String arn = clients.sns().createTopic(request -> request.name(topic)).topicArn();
        return clients.sns().listSubscriptionsByTopic(request -> request.topicArn(arn)).subscriptions().stream()
                .map(Subscription::endpoint)
                .map(SandboxTopologyIT::name)
                .toList();
    }

    private Map<QueueAttributeName, String> attributes(String queue) {
        String url =
                clients.sqs().getQueueUrl(request -> request.queueName(queue)).queueUrl();
        return clients.sqs()
                .getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes();
    }

    private static String name(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }
}
