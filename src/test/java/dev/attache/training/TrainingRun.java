package dev.attache.training;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Runs the packaged worker once, as a process of its own, on emulated services in this process: the worker starts,
 * handles requests for downloads, sends a mail for each, and is stopped with SIGTERM. Nothing leaves the machine.
 */
public final class TrainingRun {

    /** Enough for the JIT compilers to profile the code that every message runs through. */
    private static final int REQUESTS = 2_000;

    private static final Duration LONGEST_RUN = Duration.ofMinutes(5);

    /** Includes the time in which the JVM writes the cache. */
    private static final Duration LONGEST_STOP = Duration.ofMinutes(3);

    private static final List<String> SETTINGS_IN_ENVIRONMENT =
            List.of("ATTACHE_", "AWS_", "LOGGING_", "MANAGEMENT_", "RESILIENCE4J_", "SERVER_", "SPRING_");

    private TrainingRun() {}

    /**
     * Exits with 0 if the worker handled all requests, and with 1 otherwise.
     *
     * @param command the worker's command line; the settings for this run are appended
     */
    public static void main(String[] command) throws Exception {
        try {
            run(REQUESTS, List.of(command), ProcessBuilder.Redirect.INHERIT);
        } catch (IllegalStateException failed) {
            System.err.println(failed.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    /**
     * @param output where the worker's output and errors go
     * @throws IllegalStateException if the worker ends early, or does not handle all requests within five minutes
     */
    public static void run(int requests, List<String> command, ProcessBuilder.Redirect output)
            throws IOException, InterruptedException {
        try (EmulatedAws aws = EmulatedAws.start(requests);
                MailSink relay = MailSink.start()) {
            ProcessBuilder builder = new ProcessBuilder(
                            Stream.concat(command.stream(), settings(aws.endpoint(), relay.port()).stream())
                                    .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(output);
            builder.environment()
                    .keySet()
                    .removeIf(name -> SETTINGS_IN_ENVIRONMENT.stream().anyMatch(name::startsWith));
            Process worker = builder.start();
            try {
                awaitFinished(aws, worker);
                worker.destroy();
                if (!worker.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IllegalStateException("The worker did not stop within " + LONGEST_STOP);
                }
            } finally {
                worker.destroyForcibly();
            }
        }
    }

    private static void awaitFinished(EmulatedAws aws, Process worker) throws InterruptedException {
        try {
            CompletableFuture.anyOf(aws.finished(), worker.onExit()).get(LONGEST_RUN.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("The worker did not handle all requests within " + LONGEST_RUN, e);
        }
        if (!aws.finished().isDone()) {
            throw new IllegalStateException(
                    "The worker ended with exit code " + worker.exitValue() + " before it had handled all requests");
        }
    }

    private static List<String> settings(String endpoint, int smtpPort) {
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--spring.security.user.password=training",
                "--spring.cloud.aws.region.static=eu-central-1",
                "--spring.cloud.aws.credentials.access-key=training",
                "--spring.cloud.aws.credentials.secret-key=training",
                "--spring.cloud.aws.s3.path-style-access-enabled=true",
                "--attache.links.public-endpoint=" + endpoint,
                "--attache.sources.training.prefixes=downloads/",
                "--attache.keys.secrets=training:" + "A".repeat(43) + "=",
                "--attache.mail.from=training@example.com",
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + smtpPort));
        for (String service : List.of("sqs", "sns", "s3")) {
            settings.add("--spring.cloud.aws." + service + ".endpoint=" + endpoint);
        }
        return settings;
    }
}
