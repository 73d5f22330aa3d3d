package dev.attache.reliability;

import dev.attache.AttacheApplication;
import dev.attache.reliability.worker.DedicatedAws;
import dev.attache.reliability.worker.ReceiveRecorder;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A worker in this JVM, on its own AWS, whose calls can be refused and whose credentials can be missing. */
final class RefusedWorker implements AutoCloseable {

    private final DedicatedAws aws = DedicatedAws.start(Duration.ofSeconds(30));
    private final RefusingAws refusing = new RefusingAws();
    private final ReceiveRecorder receives = new ReceiveRecorder();
    private final ConfigurableApplicationContext worker;
    private volatile boolean credentialsMissing;

    RefusedWorker() {
        Map<String, String> settings = new HashMap<>(aws.surroundings().properties());
        settings.putAll(CrashIT.SHORT_WAITS);
        settings.put("server.port", "0");
        settings.put("management.server.port", "0");
        settings.put("spring.jmx.enabled", "false");
        settings.put("resilience4j.circuitbreaker.configs.default.wait-duration-in-open-state", "300ms");
        settings.put("spring.cloud.stream.sqs.default.consumer.poll-timeout", "1s");
        // Without a cache, S3 is asked for each object.
        settings.put("attache.links.catalog-ttl", "0s");
        // A sweep that is refused would keep health down until the next one, a minute later.
        settings.put("attache.uploads.sweep-interval", "0");
        settings.put("attache.downloads.sweep-interval", "0");
        try {
            worker = new SpringApplicationBuilder(AttacheApplication.class)
                    .profiles("sandbox")
                    .registerShutdownHook(false)
                    .initializers(context -> {
                        var beans = (GenericApplicationContext) context;
                        beans.registerBean(ReceiveRecorder.class, () -> receives);
                        beans.registerBean(RefusingAws.class, () -> refusing);
                        beans.registerBean(
                                "credentialsProvider", AwsCredentialsProvider.class, () -> this::credentials);
                    })
                    .run(settings.entrySet().stream()
                            .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                            .toArray(String[]::new));
        } catch (RuntimeException failed) {
            aws.close();
            throw failed;
        }
    }

    private AwsCredentials credentials() {
        if (credentialsMissing) {
            throw SdkClientException.create("Unable to load credentials from any of the providers in the chain");
        }
        var endpoints = aws.surroundings().endpoints();
        return AwsBasicCredentials.create(endpoints.accessKey(), endpoints.secretKey());
    }

    DedicatedAws aws() {
        return aws;
    }

    /** Refuses calls, see {@link RefusingAws#refuse}. */
    void refuse(String calls, int status, String code) {
        refusing.refuse(calls, status, code);
    }

    void loseCredentials() {
        credentialsMissing = true;
    }

    /** Refuses no call, and has credentials. */
    void allowAll() {
        refusing.allowAll();
        credentialsMissing = false;
    }

    /** The number of refused calls. */
    int refused() {
        return refusing.refused();
    }

    /** How often a message of a queue was received at most, since the last call. */
    int mostReceives(String queue) {
        return receives.sinceLastLook().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(queue + " "))
                .mapToInt(entry -> entry.getValue().size())
                .max()
                .orElse(0);
    }

    /** The status of the health component {@code aws}. */
    String health() {
        return worker.getBean(HealthEndpoint.class)
                .healthForPath("aws")
                .getStatus()
                .getCode();
    }

    /** The details of the health component {@code aws}. */
    String healthDetails() {
        return String.valueOf(((IndicatedHealthDescriptor)
                        worker.getBean(HealthEndpoint.class).healthForPath("aws"))
                .getDetails());
    }

    /** The gauge of the alarm {@code access-denied}: 1 or 0. */
    double alarm() {
        return worker.getBean(MeterRegistry.class)
                .get("attache.alarms")
                .tag("alarm", "access-denied")
                .gauge()
                .value();
    }

    @Override
    public void close() {
        worker.close();
        aws.close();
    }
}
