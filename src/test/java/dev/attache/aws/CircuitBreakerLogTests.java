package dev.attache.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import software.amazon.awssdk.core.exception.SdkClientException;

@ExtendWith(OutputCaptureExtension.class)
class CircuitBreakerLogTests {

    private final CircuitBreaker breaker = CircuitBreaker.of(
            "mail",
            CircuitBreakerConfig.custom()
                    .minimumNumberOfCalls(2)
                    .slidingWindowSize(2)
                    .waitDurationInOpenState(Duration.ofHours(1))
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .build());

    private void fail(Throwable error) {
        breaker.onError(1, TimeUnit.MILLISECONDS, error);
    }

    private static List<String> lines(CapturedOutput output) {
        return output.toString()
                .lines()
                .filter(line -> line.contains("BreakerLog"))
                .toList();
    }

    @Test
    void anOutageIsLoggedWhenItBeginsAndWhenItEnds(CapturedOutput output) {
        CircuitBreakerLog.watch(
                breaker, Clock.systemUTC(), CircuitBreakerLog.INPUTS_WAIT, CircuitBreakerLog::withInnermostCause);
        Throwable cause = new IllegalStateException("No session", new ConnectException("Connection refused"));
        fail(cause);
        fail(cause);
        for (int probe = 0; probe < 5; probe++) {
            breaker.transitionToHalfOpenState();
            fail(cause);
        }
        assertThat(lines(output))
                .singleElement()
                .asString()
                .contains("WARN", "mail does not answer", "No session", "Connection refused")
                .doesNotContain("\tat ");

        breaker.transitionToHalfOpenState();
        breaker.onSuccess(1, TimeUnit.MILLISECONDS);

        assertThat(lines(output)).hasSize(2);
        assertThat(lines(output).getLast()).contains("INFO", "mail answers again");
    }

    @Test
    void aServiceThatRefusesTheWorkerIsLoggedAsRefusing(CapturedOutput output) {
        CircuitBreakerLog.watch(
                breaker, Clock.systemUTC(), CircuitBreakerLog.INPUTS_WAIT, CircuitBreakerLog::withInnermostCause);
        fail(SdkClientException.create("Unable to load credentials from any of the providers in the chain"));
        fail(SdkClientException.create("Unable to load credentials from any of the providers in the chain"));

        assertThat(lines(output))
                .singleElement()
                .asString()
                .contains("mail does not serve this worker", "Unable to load credentials");
    }

    @Test
    void failuresAreNotLoggedWhileTheBreakerIsClosed(CapturedOutput output) {
        CircuitBreakerLog.watch(
                breaker, Clock.systemUTC(), CircuitBreakerLog.INPUTS_WAIT, CircuitBreakerLog::withInnermostCause);

        fail(new IllegalStateException());

        assertThat(lines(output)).isEmpty();
    }
}
