package dev.attache.permissions;

import io.awspring.cloud.autoconfigure.AwsClientProperties;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.core.AwsProperties;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;

/** Builds clients whose calls are recorded. All clients of the application are built with this bean. */
final class RecordingConfigurer extends AwsClientBuilderConfigurer {

    private final Function<String, ExecutionInterceptor> interceptors;

    /** @param interceptors for the name of a client, its interceptor */
    RecordingConfigurer(BeanFactory beans, Function<String, ExecutionInterceptor> interceptors) {
        super(
                beans.getBean(AwsCredentialsProvider.class),
                beans.getBean(AwsRegionProvider.class),
                beans.getBean(AwsProperties.class));
        this.interceptors = interceptors;
    }

    /** The other methods call this one. */
    @Override
    public <T extends AwsClientBuilder<T, ?>> T configure(
            T builder, @Nullable AwsClientProperties properties, @Nullable AwsConnectionDetails connection) {
        T configured = super.configure(builder, properties, connection);
        String client = Callers.callerOf(RecordingConfigurer.class).getSimpleName() + " "
                + service(builder.getClass().getSimpleName());
        configured.overrideConfiguration(configured.overrideConfiguration().toBuilder()
                .addExecutionInterceptor(interceptors.apply(client))
                .build());
        return configured;
    }

    /** {@code s3} of {@code DefaultS3ClientBuilder}. */
    private static String service(String builder) {
        return builder.replaceFirst("^Default", "")
                .replaceFirst("ClientBuilder$", "")
                .toLowerCase(Locale.ROOT);
    }
}
