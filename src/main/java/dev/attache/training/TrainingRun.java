package dev.attache.training;

import dev.attache.AttacheApplication;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;

/**
 * Runs the whole worker once, on an AWS of its own in the same process: it starts, handles requests, and stops. What
 * Java loads, links and profiles meanwhile goes into the cache ({@code infra/aot-cache.sh}). Nothing leaves the
 * machine.
 */
public final class TrainingRun {

    /** Enough for the hot path to be profiled. */
    private static final int MESSAGES = 2_000;

    private TrainingRun() {}

    /**
     * Ends the JVM, with 0 when all went well.
     *
     * @param arguments settings of the worker, beside those that lead it to this run's AWS
     */
    public static void main(String[] arguments) throws Exception {
        run(MESSAGES, arguments);
        System.exit(0);
    }

    /** @throws IllegalStateException when the worker does not handle so many messages */
    static void run(int messages, String... arguments) throws IOException, InterruptedException {
        try (TrainingAws aws = TrainingAws.start(messages)) {
            String endpoint = aws.endpoint();
            List<String> settings = new ArrayList<>(List.of(
                    "--server.port=0",
                    "--management.server.port=0",
                    "--spring.security.user.password=training",
                    "--spring.cloud.aws.region.static=eu-central-1",
                    "--spring.cloud.aws.credentials.access-key=training",
                    "--spring.cloud.aws.credentials.secret-key=training",
                    "--spring.cloud.aws.sqs.endpoint=" + endpoint,
                    "--spring.cloud.aws.sns.endpoint=" + endpoint,
                    "--spring.cloud.aws.s3.endpoint=" + endpoint,
                    "--spring.cloud.aws.s3.path-style-access-enabled=true",
                    "--attache.links.public-endpoint=" + endpoint,
                    "--attache.sources.training.prefixes=downloads/",
                    "--attache.keys.secrets=training:" + "A".repeat(43) + "=",
                    "--attache.mail.from=training@example.com",
                    "--spring.mail.host=localhost"));
            settings.addAll(List.of(arguments));
            try (var worker = SpringApplication.run(AttacheApplication.class, settings.toArray(String[]::new))) {
                aws.awaitAllDeleted();
            }
        }
    }
}
