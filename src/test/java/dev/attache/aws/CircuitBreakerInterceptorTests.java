package dev.attache.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class CircuitBreakerInterceptorTests {

    private final AtomicInteger status = new AtomicInteger(200);

    private final AtomicInteger requests = new AtomicInteger();

    private final CircuitBreaker breaker = CircuitBreaker.of(
            "s3",
            CircuitBreakerConfig.custom()
                    .minimumNumberOfCalls(2)
                    .slidingWindowSize(2)
                    .failureRateThreshold(50)
                    .waitDurationInOpenState(Duration.ofHours(1))
                    .build());

    private HttpServer server;

    private S3Client s3;

    @BeforeEach
    void start() {
        try {
            server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        s3 = S3Client.builder()
                .region(Region.EU_CENTRAL_1)
                .forcePathStyle(true)
                .endpointOverride(
                        URI.create("http://localhost:" + server.getAddress().getPort()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .overrideConfiguration(it -> it.retryStrategy(RetryMode.STANDARD)
                        .addExecutionInterceptor(new CircuitBreakerInterceptor(breaker)))
                .build();
    }

    @AfterEach
    void stop() {
        s3.close();
        server.stop(0);
    }

    private void head() {
        s3.headObject(it -> it.bucket("bucket").key("key"));
    }

    @Test
    void refusalsOfARequestKeepTheBreakerClosed() {
        head();
        status.set(404);
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(this::head).isInstanceOf(SdkException.class);
        }

        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
        assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isZero();
    }

    @Test
    void aServiceThatDoesNotAnswerOpensTheBreakerAndIsNotCalled() {
        status.set(503);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(this::head).isInstanceOf(SdkException.class);
        }
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
        int asked = requests.get();

        assertThatThrownBy(this::head).hasStackTraceContaining(CallNotPermittedException.class.getName());

        assertThat(requests).hasValue(asked);
        assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(2);
    }

    @Test
    void aServiceThatRefusesTheWorkerOpensTheBreaker() {
        status.set(403);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(this::head).isInstanceOf(SdkException.class);
        }

        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void aRefusalThatMayConcernOneObjectIsNotCounted() {
        status.set(403);
        breaker.transitionToOpenState();
        breaker.transitionToHalfOpenState();
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> s3.headObject(it -> it.bucket("bucket")
                            .key("key")
                            .overrideConfiguration(call -> call.putExecutionAttribute(ObjectReads.OF_OBJECT, true))))
                    .isInstanceOf(S3Exception.class);
        }

        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
        assertThat(breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
        assertThat(requests).hasValue(20);
    }

    /**
     * With an expired token S3 answers 400, and only the answer to a GET has a code. If the HEAD was counted as a
     * success, it would close the breaker that the GET opens.
     */
    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    void aHeadWithoutACodeIsNotCounted(int unexplained) {
        status.set(unexplained);
        breaker.transitionToOpenState();
        breaker.transitionToHalfOpenState();

        assertThatThrownBy(() -> s3.headObject(it -> it.bucket("bucket")
                        .key("key")
                        .overrideConfiguration(call -> call.putExecutionAttribute(ObjectReads.OF_OBJECT, true))))
                .isInstanceOf(S3Exception.class);

        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
        assertThat(breaker.tryAcquirePermission()).isTrue();
    }

    @Test
    void missingCredentialsOpenTheBreaker() {
        try (S3Client without = S3Client.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(() -> {
                    throw SdkClientException.create(
                            "Unable to load credentials from any of the providers in the chain");
                })
                .overrideConfiguration(it -> it.addExecutionInterceptor(new CircuitBreakerInterceptor(breaker)))
                .build()) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() ->
                                without.headObject(it -> it.bucket("bucket").key("key")))
                        .isInstanceOf(SdkClientException.class);
            }
        }

        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
        assertThat(requests).hasValue(0);
    }
}
