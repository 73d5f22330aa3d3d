package dev.attache.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.attache.binder.gate.Downstream;
import dev.attache.delivery.relay.Relay;
import dev.attache.delivery.relay.Relays;
import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.s3.S3AutoConfiguration;
import io.awspring.cloud.autoconfigure.s3.S3ClientCustomizer;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The S3 clients of pages and messages, against an S3 that always answers 503. */
class PagesStorageTests {

    /** S3's answer or, on a machine that needs seconds for it, the timeout of the call. */
    private static final Class<SdkException> FAILED = SdkException.class;

    private final AtomicInteger answered = new AtomicInteger();

    private final AtomicInteger seen = new AtomicInteger();

    private HttpServer s3;

    private ApplicationContextRunner runner;

    @BeforeEach
    void start() throws IOException {
        s3 = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        s3.createContext("/", exchange -> {
            answered.incrementAndGet();
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        s3.start();
        runner = new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withConfiguration(AutoConfigurations.of(
                        CircuitBreakerAutoConfiguration.class,
                        AwsAutoConfiguration.class,
                        CredentialsProviderAutoConfiguration.class,
                        RegionProviderAutoConfiguration.class,
                        S3AutoConfiguration.class))
                .withUserConfiguration(CircuitBreakersConfiguration.class, PagesStorageConfiguration.class)
                .withBean(Clock.class, Clock::systemUTC)
                .withBean(Relay.class, () -> Relays.open(mail -> {}))
                .withBean(
                        "watching",
                        S3ClientCustomizer.class,
                        () -> builder -> builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                                .addExecutionInterceptor(watching())
                                .build()))
                .withPropertyValues(
                        "spring.cloud.aws.region.static=eu-central-2",
                        "spring.cloud.aws.credentials.access-key=none",
                        "spring.cloud.aws.credentials.secret-key=none",
                        "spring.cloud.aws.s3.path-style-access-enabled=true",
                        "spring.cloud.aws.s3.endpoint=http://localhost:"
                                + s3.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        s3.stop(0);
    }

    private ExecutionInterceptor watching() {
        return new ExecutionInterceptor() {

            @Override
            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                seen.incrementAndGet();
            }
        };
    }

    private static S3Client pages(ApplicationContext context) {
        return context.getBean("pagesS3", S3Client.class);
    }

    private static void call(S3Client client) {
        client.getObjectAsBytes(request -> request.bucket("attache").key("ledger/pages/x"));
    }

    private static State state(ApplicationContext context, String breaker) {
        return context.getBean(CircuitBreakerRegistry.class)
                .circuitBreaker(breaker)
                .getState();
    }

    @Test
    void failingPagesOpenTheirOwnBreakerOnly() {
        runner.run(context -> {
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(FAILED).isThrownBy(() -> call(pages(context)));
            }
            int calls = answered.get();

            assertThatExceptionOfType(CallNotPermittedException.class)
                    .isThrownBy(() -> call(pages(context)))
                    .matches(open -> "pages".equals(open.getCausingCircuitBreakerName()));

            assertThat(answered).as("calls that reached S3").hasValue(calls);
            assertThat(state(context, "pages")).isEqualTo(State.OPEN);
            assertThat(state(context, "s3")).isEqualTo(State.CLOSED);
        });
    }

    @Test
    void failingMessagesDoNotOpenTheBreakerOfThePages() {
        runner.run(context -> {
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(FAILED).isThrownBy(() -> call(context.getBean(S3Client.class)));
            }

            assertThat(state(context, "s3")).isEqualTo(State.OPEN);
            assertThat(state(context, "pages")).isEqualTo(State.CLOSED);
        });
    }

    @Test
    void noInputDependsOnTheBreakerOfThePages() {
        runner.run(
                context -> assertThat(context.getBeansOfType(Downstream.class).values())
                        .extracting(Downstream::name)
                        .doesNotContain("pages"));
    }

    @Test
    void theClientOfThePagesHasTheSettingsOfTheWorkersClient() {
        runner.run(context -> {
            assertThatExceptionOfType(FAILED).isThrownBy(() -> call(pages(context)));

            assertThat(seen).hasValue(1);
            assertThat(pages(context).serviceClientConfiguration().endpointOverride())
                    .isEqualTo(context.getBean(S3Client.class)
                            .serviceClientConfiguration()
                            .endpointOverride());
        });
    }

    @Test
    void aPageMakesTwoShortTriesAtMost() {
        runner.run(context -> {
            assertThatExceptionOfType(S3Exception.class).isThrownBy(() -> call(pages(context)));

            assertThat(answered).hasValue(2);
            assertThat(pages(context)
                            .serviceClientConfiguration()
                            .overrideConfiguration()
                            .apiCallTimeout())
                    .contains(Duration.ofSeconds(4));
            assertThat(context.getBean(S3Client.class)
                            .serviceClientConfiguration()
                            .overrideConfiguration()
                            .apiCallTimeout())
                    .isNotEqualTo(pages(context)
                            .serviceClientConfiguration()
                            .overrideConfiguration()
                            .apiCallTimeout());
        });
    }
}
