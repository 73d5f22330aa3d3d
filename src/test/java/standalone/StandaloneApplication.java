package standalone;

import dev.attache.binder.failure.AwsFailureRule;
import dev.attache.binder.failure.CauseClassifier;
import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.FailureClassifier;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.sns.SnsProperties;
import io.awspring.cloud.autoconfigure.sqs.SqsProperties;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Its component scan covers this package only. */
@SpringBootApplication
class StandaloneApplication {

    @Bean
    Function<byte[], String> upperCase() {
        return body -> {
            String text = new String(body, StandardCharsets.UTF_8);
            if (text.isBlank()) {
                throw new IllegalArgumentException("blank");
            }
            return text.toUpperCase(Locale.ROOT);
        };
    }

    @Bean
    FailureClassifier failureClassifier() {
        return new CauseClassifier(
                exception -> exception instanceof IllegalArgumentException
                        ? Optional.of(new Failure.Rejected("INVALID", String.valueOf(exception.getMessage())))
                        : Optional.empty(),
                new AwsFailureRule());
    }

    /** Spring Cloud AWS creates this client if an asynchronous HTTP client is on the classpath; here is none. */
    @Bean
    SqsAsyncClient sqsAsyncClient(AwsClientBuilderConfigurer configurer, SqsProperties properties) {
        return AsyncClients.of(
                SqsAsyncClient.class,
                SqsClient.class,
                configurer.configure(SqsClient.builder(), properties, null).build());
    }

    @Bean
    SnsAsyncClient snsAsyncClient(AwsClientBuilderConfigurer configurer, SnsProperties properties) {
        return AsyncClients.of(
                SnsAsyncClient.class,
                SnsClient.class,
                configurer.configure(SnsClient.builder(), properties, null).build());
    }
}
