package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.message.RecordedSqs;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The timer of attempts. */
class MessageMetersTests {

    private final OneInput input = new OneInput();

    private long attempts(String outcome) {
        return input.meters
                .get("sqs.process")
                .tags("queue", "orders", "outcome", outcome)
                .timer()
                .count();
    }

    @Test
    void aHandledMessageIsOneAttempt() {
        input.processor(message -> {}).process(RecordedSqs.received(1, Map.of()));

        assertThat(attempts("handled")).isEqualTo(1);
        assertThat(input.meters.find("sqs.process").timers()).hasSize(1);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new Failure.Rejected("BAD", "bad"), "rejected"),
                Arguments.of(Failure.Transient.withBackoff("again"), "temporary"),
                Arguments.of(new Failure.Unexpected("bug"), "unexpected"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailedAttemptHasTheKindOfItsFailure(Failure failure, String outcome) {
        input.classifier = error -> failure;

        input.processor(message -> {
                    throw new IllegalStateException("failed");
                })
                .process(RecordedSqs.received(1, Map.of()));

        assertThat(attempts(outcome)).isEqualTo(1);
    }

    @Test
    void eachAttemptInPlaceIsMeasured() {
        input.classifier = error -> Failure.Transient.inPlace("no answer");

        input.processor(message -> {
                    throw new IllegalStateException("failed");
                })
                .process(RecordedSqs.received(1, Map.of()));

        assertThat(attempts("temporary")).isGreaterThan(1);
    }
}
