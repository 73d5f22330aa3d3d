package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.failure.AttemptResult;
import dev.attache.binder.failure.Decision;
import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.MessageMetrics;
import dev.attache.binder.gate.Downstream;
import dev.attache.binder.gate.ProbeTicket;
import dev.attache.binder.message.RecordedSqs;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class InputReportTests {

    private final OneInput input = new OneInput();

    private final InputReport report = new InputReport(
            "orders", input.gate, input.probes, new MessageMetrics(input.meters, "sqs."), Clock.systemUTC());

    private static AttemptResult result(int receives, @Nullable Failure failure, @Nullable Exception error) {
        return new AttemptResult(RecordedSqs.received(receives, Map.of()), new ProbeTicket(), 1, error, failure);
    }

    private static List<String> lines(CapturedOutput output) {
        return output.toString()
                .lines()
                .filter(line -> line.contains("InputReport") || line.contains("PollHistory"))
                .toList();
    }

    @Test
    void aMinuteWithoutProblemsIsNotLogged(CapturedOutput output) {
        report.polled();
        report.decided(result(1, null, null), new Decision.Acknowledge());

        report.summarize();

        assertThat(lines(output)).isEmpty();
    }

    @Test
    void failedReceivesAreLoggedOnceThenOnceAMinuteAndWhenTheySucceed(CapturedOutput output) {
        Exception cause = new IllegalStateException("outer", new ConnectException("Connection refused"));
        for (int i = 0; i < 500; i++) {
            report.pollFailed(cause);
        }
        report.summarize();
        report.polled();
        report.summarize();

        assertThat(lines(output)).hasSize(3);
        assertThat(lines(output).get(0))
                .contains("Nothing can be received from orders", "ConnectException: Connection refused");
        assertThat(lines(output).get(1)).contains("Receives failed, 500 times");
        assertThat(lines(output).get(2)).contains("Messages are received from orders again");
        assertThat(output).doesNotContain("\tat ");
    }

    @Test
    void aCauseDoesNotNameTheEndpoint() {
        assertThat(InputReport.cause(new ConnectException(
                        "Connect to https://sqs.eu-central-1.amazonaws.com:443 [sqs/10.0.0.1] failed: refused")))
                .isEqualTo("ConnectException: Connect to the endpoint [sqs/10.0.0.1] failed: refused");
    }

    @Test
    void anOutageIsLoggedOnceAMinute(CapturedOutput output) {
        input.service.is(Downstream.State.DOWN);
        for (int i = 0; i < 50; i++) {
            report.decided(
                    result(1, Failure.Transient.inPlace("no answer"), new IllegalStateException()),
                    new Decision.RetryInPlace(Duration.ofMillis(1), Duration.ofMinutes(1)));
            report.decided(
                    result(1, new Failure.Down("down"), new IllegalStateException()),
                    new Decision.KeepInFlight(Duration.ofMinutes(1)));
        }
        assertThat(lines(output)).isEmpty();

        report.summarize();

        assertThat(lines(output)).hasSize(2);
        assertThat(lines(output).get(0)).contains("Input orders has been paused for", "service cannot be used");
        assertThat(lines(output).get(1)).contains("Messages were retried in place, 50 times, last cause: no answer");
    }

    @Test
    void anUnexpectedFailureIsLoggedWithItsStackTraceTheFirstTimeOnly(CapturedOutput output) {
        Failure unexpected = new Failure.Unexpected("java.lang.IllegalStateException");
        report.decided(
                result(1, unexpected, new IllegalStateException("odd")), new Decision.Release(Duration.ofSeconds(1)));
        report.decided(
                result(2, unexpected, new IllegalStateException("odd")), new Decision.Release(Duration.ofSeconds(1)));

        assertThat(output.toString().lines().filter(line -> line.contains("java.lang.IllegalStateException: odd")))
                .hasSize(1);
        assertThat(lines(output))
                .anySatisfy(line -> assertThat(line).contains("failed unexpectedly again at attempt 2"));
    }
}
