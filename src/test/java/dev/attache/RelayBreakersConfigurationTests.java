package dev.attache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.delivery.relay.Relays;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RelayBreakersConfigurationTests {

    @Test
    void theReplyOfTheRelayIsNotLoggedWhenItsBreakerOpens(CapturedOutput output) {
        CircuitBreaker breaker = new RelayBreakersConfiguration()
                .mailBreaker(
                        CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                                .minimumNumberOfCalls(2)
                                .slidingWindowSize(2)
                                .waitDurationInOpenState(Duration.ofHours(1))
                                .build()),
                        Clock.systemUTC());
        Throwable down = Relays.downWith("550 5.7.1 client ana.smith@customer.example has no business here");
        breaker.onError(1, TimeUnit.MILLISECONDS, down);
        breaker.onError(1, TimeUnit.MILLISECONDS, down);

        assertThat(output.toString().lines().filter(line -> line.contains("BreakerLog")))
                .singleElement()
                .asString()
                .contains("mail does not answer")
                .doesNotContain("ana.smith", "business");
    }
}
