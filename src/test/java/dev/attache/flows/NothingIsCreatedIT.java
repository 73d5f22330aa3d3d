package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.sandbox.AwsClients;
import dev.attache.sandbox.AwsUnderTest;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.TestAws;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.model.Topic;

/** The worker on an AWS without queues or topics. */
@DedicatedAwsTest
class NothingIsCreatedIT {

    private AwsUnderTest.Running aws;

    private AwsClients clients;

    @BeforeEach
    void startAws() {
        aws = TestAws.dedicated();
        clients = aws.surroundings().clients();
    }

    @AfterEach
    void stopAws() {
        aws.close();
    }

    private void start() {
        DedicatedWorker.start(aws.surroundings(), Map.of("attache.check-buckets", "false"))
                .close();
    }

    private List<String> topics() {
        return clients.sns().listTopics().topics().stream().map(Topic::topicArn).toList();
    }

    @Test
    void aStartWithoutQueuesAndTopicsFailsAndCreatesNothing() {
        assertThatThrownBy(this::start).hasStackTraceContaining("There is no ");

        assertThat(clients.sqs().listQueues().queueUrls()).isEmpty();
        assertThat(topics()).isEmpty();
        assertThat(clients.s3().listBuckets().buckets()).isEmpty();
    }

    @Test
    void aStartWithTopicsOnlyFailsAndCreatesNoQueue() {
        List<String> topics = List.of(
                clients.sns().createTopic(it -> it.name("deliveries")).topicArn(),
                clients.sns().createTopic(it -> it.name("attachment-events")).topicArn());

        assertThatThrownBy(this::start).hasStackTraceContaining("There is no queue ");

        assertThat(clients.sqs().listQueues().queueUrls()).isEmpty();
        assertThat(topics()).containsExactlyInAnyOrderElementsOf(topics);
        assertThat(topics)
                .allSatisfy(topic -> assertThat(clients.sns()
                                .listSubscriptionsByTopic(it -> it.topicArn(topic))
                                .subscriptions())
                        .isEmpty());
    }
}
