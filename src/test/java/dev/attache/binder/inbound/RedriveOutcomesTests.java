package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.message.RecordedSqs;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;

/** What became of a redriven message is told when it is settled. */
class RedriveOutcomesTests extends MessageProcessorTestBase {

    private static final Map<String, String> REDRIVEN = Map.of("dead-letter-redrive", "task/letter");

    private final List<String> told = new CopyOnWriteArrayList<>();

    RedriveOutcomesTests() {
        input.outcomes =
                (queue, messageId, redrive, code) -> told.add(String.join(" ", queue, messageId, redrive, "" + code));
    }

    @Test
    void aRedrivenMessageThatIsHandledIsTold() {
        input.processor(any -> {}).process(RecordedSqs.received(1, REDRIVEN));

        assertThat(told).containsExactly("orders m-1 task/letter null");
    }

    @Test
    void aRedrivenMessageThatIsRejectedAgainIsToldWithItsCode() {
        input.classifier = error -> new Failure.Rejected("MALFORMED", "not JSON");

        fail(RecordedSqs.received(1, REDRIVEN));

        assertThat(told).containsExactly("orders m-1 task/letter MALFORMED");
        assertThat(deadLetter().messageAttributes()).doesNotContainKey("dead-letter-redrive");
    }

    @Test
    void aRetryIsNoOutcome() {
        input.classifier = error -> Failure.Transient.withBackoff("again");

        fail(RecordedSqs.received(1, REDRIVEN));

        assertThat(told).isEmpty();
    }

    @Test
    void aMessageThatIsHandledButNotDeletedIsNotTold() {
        input.sqs.deleteAnswer = CompletableFuture.failedFuture(SdkClientException.create("no answer"));
        input.stop.stop();

        input.processor(any -> {}).process(RecordedSqs.received(1, REDRIVEN));

        assertThat(told).isEmpty();
    }

    @Test
    void otherMessagesAreNotTold() {
        input.processor(any -> {}).process(RecordedSqs.received(1, Map.of("type", "a")));

        assertThat(told).isEmpty();
    }

    @Test
    void aListenerThatFailsChangesNothing() {
        input.outcomes = (queue, messageId, redrive, code) -> {
            throw new IllegalStateException("full");
        };

        input.processor(any -> {}).process(RecordedSqs.received(1, REDRIVEN));

        assertThat(input.sqs.calls).singleElement().isInstanceOf(DeleteMessageRequest.class);
    }
}
