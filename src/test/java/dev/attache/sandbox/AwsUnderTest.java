package dev.attache.sandbox;

import dev.attache.sandbox.sns.PublishedMessages;
import java.net.URI;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
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

    /** Starts it, without queues, topics and buckets. */
    Running start();

    /**
     * An AWS that was started.
     *
     * @param wiring how it lets topics and the bucket send to queues
     */
    record Running(Surroundings surroundings, TopologyWiring wiring, AutoCloseable stop) implements AutoCloseable {

        /** Creates the queues, the topics and the bucket of the definition. */
        public void provision() {
            new TopologyProvisioner(surroundings.clients(), surroundings.bucket(), wiring).provision();
        }

        @Override
        public void close() {
            try {
                stop.close();
            } catch (Exception failed) {
                throw new IllegalStateException("The AWS under test did not stop", failed);
            }
        }
    }

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
            return new Running(embedded.surroundings(), new TopologyWiring.Embedded(embedded), embedded);
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

    /**
     * The endpoints in the environment variables of the AWS SDK. With LocalStack's usual access key, {@code test}, each
     * start has an account and a bucket of its own: LocalStack takes an access key of twelve digits as the number of
     * its account, and accepts any. So nothing of other test runs, and of other JVMs of this one, is in its queues.
     */
    record External(Map<String, String> environment) implements AwsUnderTest {

        private static final String LOCALSTACK_KEY = "test";

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
            var lacks = new HashSet<>(LOCALSTACK_LACKS);
            // Whoever started it stops it.
            lacks.add("stoppable");
            if (!hasAccounts()) {
                lacks.add("own-account");
            }
            return lacks;
        }

        private boolean hasAccounts() {
            return LOCALSTACK_KEY.equals(environment.get("AWS_ACCESS_KEY_ID"));
        }

        @Override
        public Running start() {
            var region = environment.getOrDefault(
                    "AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", EmbeddedAws.REGION));
            var accessKey = Objects.requireNonNull(environment.get("AWS_ACCESS_KEY_ID"));
            var bucket = environment.getOrDefault("ATTACHE_BUCKET", Surroundings.BUCKET);
            if (hasAccounts()) {
                accessKey = "%012d".formatted(ThreadLocalRandom.current().nextLong(1, 1_000_000_000_000L));
                // The names of buckets are common to all accounts.
                bucket = bucket + "-" + accessKey;
            }
            return remote(
                    new Endpoints(
                            endpoint("SQS"),
                            endpoint("S3"),
                            endpoint("SNS"),
                            region,
                            accessKey,
                            environment.get("AWS_SECRET_ACCESS_KEY")),
                    bucket,
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

        /** Without the environment: the reasons why tests are skipped are logged. */
        @Override
        public String toString() {
            return "External";
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
        return new Running(surroundings, new TopologyWiring.Native(clients, surroundings.pageOrigin()), () -> {
            mail.close();
            clients.close();
            stop.close();
        });
    }
}
