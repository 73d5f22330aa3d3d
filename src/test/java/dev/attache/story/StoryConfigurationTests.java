package dev.attache.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.message.SenderAttestation;
import dev.attache.contract.json.ValidatingEventCodec;
import dev.attache.deadletters.dryrun.AcceptanceChecks;
import dev.attache.intake.BucketInMemory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import software.amazon.awssdk.services.sqs.SqsClient;

class StoryConfigurationTests extends StoryTestBase {

    private static final class NoSqs implements SqsClient {

        @Override
        public String serviceName() {
            return "sqs";
        }

        @Override
        public void close() {}
    }

    private LinkRequests links(MockEnvironment environment) {
        AcceptanceChecks checks = new AcceptanceChecks(
                List.of(),
                error -> {
                    throw new AssertionError(error);
                },
                SenderAttestation.NONE,
                "attache-sender");
        return new StoryConfiguration()
                .linkRequests(
                        new ValidatingEventCodec(),
                        policies,
                        sources,
                        new SharedObjects(s3, new BucketInMemory(), policies, sources),
                        checks,
                        new NoSqs(),
                        "attachment-requests",
                        environment,
                        clock);
    }

    @Test
    void theWorkersSenderIdsMayBeAListOrOneText() {
        assertThat(links(new MockEnvironment().withProperty("attache.audience.sender-ids[0]", "AROAWORKER"))
                        .obstacle("bank"))
                .isEmpty();
        assertThat(links(new MockEnvironment().withProperty("attache.audience.sender-ids", "AROAX,AROAWORKER"))
                        .obstacle("bank"))
                .isEmpty();
        assertThat(links(new MockEnvironment()).obstacle("bank")).isPresent();
    }

    @Test
    void theSenderIdsOfTheConsoleReplaceThoseOfWorkersWithAnotherRole() {
        assertThat(links(new MockEnvironment()
                                .withProperty("attache.audience.sender-ids", "AROAOTHER")
                                .withProperty("attache.console.sender-ids", "AROAWORKER"))
                        .obstacle("bank"))
                .isEmpty();
        assertThat(links(new MockEnvironment()
                                .withProperty("attache.audience.sender-ids", "AROAWORKER")
                                .withProperty("attache.console.sender-ids", "AROACONSOLE"))
                        .obstacle("bank"))
                .hasValueSatisfying(obstacle -> assertThat(obstacle).contains("AROACONSOLE"));
    }
}
