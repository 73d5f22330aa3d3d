package dev.attache.sandbox;

import dev.attache.sandbox.sns.PublishedMessages;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** The AWS that the integration tests run on. The system property {@code aws} chooses it. */
public sealed interface AwsUnderTest {

    /**
     * LocalStack 4.14 checks neither the signature of a form's policy, nor fields that the policy does not name, nor
     * the checksum in a form. An external endpoint is usually LocalStack, too.
     */
    Set<String> LOCALSTACK_LACKS = Set.of("published-messages", "form-policies", "form-checksums");

    /** The reason why tests cannot run on it on this machine, as a sentence; empty if they can. */
    Optional<String> unavailable();

    /** The capabilities that it does not have, named as in the tags of tests. */
    Set<String> lacks();

    /** Starts it, and creates the topology. */
    Running start();

    /** An AWS that was started. */
    record Running(Surroundings surroundings, AutoCloseable stop) {}

    /**
     * @throws IllegalArgumentException if the name is none of {@code embedded}, {@code localstack} and {@code external}
     */
    static AwsUnderTest named(String name) {
        return switch (name) {
            case "embedded" -> new Embedded();
            case "localstack" -> new LocalStack();
            case "external" -> new External(System.getenv());
            default ->
                throw new IllegalArgumentException(
                        "-Daws=%s, but must be embedded, localstack or external".formatted(name));
        };
    }

    /** The embedded AWS, in this JVM. */
    record Embedded() implements AwsUnderTest {

        @Override
        public Optional<String> unavailable() {
            return Optional.empty();
        }

        @Override
        public Set<String> lacks() {
            return Set.of("tagging", "versioning");
        }

        @Override
        public Running start() {
            var embedded = new EmbeddedAws(Ports.random());
            var surroundings = embedded.surroundings();
            new TopologyProvisioner(
                            surroundings.clients(), surroundings.bucket(), new TopologyWiring.Embedded(embedded))
                    .provision();
            return new Running(surroundings, embedded);
        }
    }

    /** LocalStack in a container that Testcontainers starts. */
    record LocalStack() implements AwsUnderTest {

        /** The last release that does not need an account. */
        private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

        @Override
        public Optional<String> unavailable() {
            return DockerClientFactory.instance().isDockerAvailable()
                    ? Optional.empty()
                    : Optional.of("-Daws=localstack needs Docker, which is not available");
        }

        @Override
        public Set<String> lacks() {
            return LOCALSTACK_LACKS;
        }

        @Override
        public Running start() {
            // LocalStack then checks presigned links as S3 does.
            var container = new LocalStackContainer(IMAGE)
                    .withServices("sqs", "sns", "s3")
                    .withEnv("S3_SKIP_SIGNATURE_VALIDATION", "0");
            container.start();
            var endpoint = container.getEndpoint();
            return remote(
                    new Endpoints(
                            endpoint,
                            endpoint,
                            endpoint,
                            container.getRegion(),
                            container.getAccessKey(),
                            container.getSecretKey()),
                    Surroundings.BUCKET,
                    container);
        }
    }

    /** The endpoints in the environment variables of the AWS SDK. */
    record External(Map<String, String> environment) implements AwsUnderTest {

        @Override
        public Optional<String> unavailable() {
            return environment.containsKey("AWS_ACCESS_KEY_ID")
                            && environment.containsKey("AWS_SECRET_ACCESS_KEY")
                            && hasEndpoint("SQS")
                            && hasEndpoint("S3")
                            && hasEndpoint("SNS")
                    ? Optional.empty()
                    : Optional.of("-Daws=external needs AWS_ENDPOINT_URL, or AWS_ENDPOINT_URL_SQS, _S3 and "
                            + "_SNS, and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        }

        @Override
        public Set<String> lacks() {
            return LOCALSTACK_LACKS;
        }

        @Override
        public Running start() {
            var region =
                    environment.getOrDefault("AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", "us-east-1"));
            return remote(
                    new Endpoints(
                            endpoint("SQS"),
                            endpoint("S3"),
                            endpoint("SNS"),
                            region,
                            environment.get("AWS_ACCESS_KEY_ID"),
                            environment.get("AWS_SECRET_ACCESS_KEY")),
                    environment.getOrDefault("ATTACHE_BUCKET", Surroundings.BUCKET),
                    () -> {});
        }

        private boolean hasEndpoint(String service) {
            return environment.containsKey("AWS_ENDPOINT_URL_" + service)
                    || environment.containsKey("AWS_ENDPOINT_URL");
        }

        private URI endpoint(String service) {
            return URI.create(
                    environment.getOrDefault("AWS_ENDPOINT_URL_" + service, environment.get("AWS_ENDPOINT_URL")));
        }
    }

    private static Running remote(Endpoints endpoints, String bucket, AutoCloseable stop) {
        var ports = Ports.random();
        var clients = endpoints.clients();
        var mail = new CatchAllMail(ports.smtp(), ports.imap());
        var surroundings = new Surroundings(
                endpoints,
                clients,
                mail,
                new PublishedMessages(Clock.systemUTC()),
                ports.attache(),
                ports.management(),
                bucket);
        new TopologyProvisioner(clients, bucket, new TopologyWiring.Native(clients, surroundings.pageOrigin()))
                .provision();
        return new Running(surroundings, () -> {
            mail.close();
            clients.close();
            stop.close();
        });
    }
}
