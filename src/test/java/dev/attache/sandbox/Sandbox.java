package dev.attache.sandbox;

import dev.attache.AttacheApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * The worker on an embedded AWS, to try it out: {@code ./mvnw spring-boot:test-run}. With
 * {@code --sandbox.ports=random} it uses free ports instead of the documented ones.
 */
public final class Sandbox {

    private static final Path ENVIRONMENT = Path.of("target", "sandbox.env");

    private Sandbox() {}

    public static void main(String[] arguments) {
        try {
            start(arguments);
        } catch (Ports.PortTakenException | IllegalArgumentException mistaken) {
            System.err.println(mistaken.getMessage());
            System.exit(1);
        } catch (IOException | RuntimeException failed) {
            // Spring has logged the cause. Threads of the embedded AWS must not keep the JVM running.
            System.err.println("The sandbox did not start: " + failed.getMessage());
            System.exit(1);
        }
    }

    private static void start(String[] arguments) throws IOException {
        Files.deleteIfExists(ENVIRONMENT);
        var aws = new EmbeddedAws(Ports.from(arguments));
        // Runs after the worker has stopped, which polls until then.
        SpringApplication.getShutdownHandlers().add(aws::close);
        var surroundings = aws.surroundings();
        new TopologyProvisioner(surroundings.clients(), surroundings.bucket(), new TopologyWiring.Embedded(aws))
                .provision();
        new SpringApplicationBuilder(AttacheApplication.class, SandboxConfiguration.class)
                .profiles("sandbox")
                .initializers(new SandboxInitializer(surroundings))
                .run(arguments);
        writeEnvironment(surroundings);
        System.out.println(welcome(surroundings));
    }

    private static void writeEnvironment(Surroundings surroundings) throws IOException {
        Files.createDirectories(ENVIRONMENT.getParent());
        Files.writeString(
                ENVIRONMENT,
                surroundings.environment().entrySet().stream()
                        .map(entry -> entry.getKey() + '=' + entry.getValue() + '\n')
                        .collect(Collectors.joining()));
    }

    private static String welcome(Surroundings surroundings) {
        return """

            Attaché is ready.
              Send samples, watch the queues   %1$s/sandbox
              Read the mails                   %1$s/sandbox/mail
              Operate it                       %3$s/ops
                sign in as operator or viewer; the password is the name
              From a shell                     set -a; . target/sandbox.env; set +a
                aws sqs send-message --queue-url "$AWS_ENDPOINT_URL_SQS/%2$s/attachment-requests" \\
                  --message-body file://samples/attachment-requested-download.json
            """.formatted(surroundings.pageOrigin(), EmbeddedAws.ACCOUNT, surroundings.managementOrigin());
    }
}
