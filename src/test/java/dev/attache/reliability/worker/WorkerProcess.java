package dev.attache.reliability.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ConditionTimeoutException;

/** The packaged worker as its own process. */
public final class WorkerProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);

    /** Longer than the worker may take to stop. */
    private static final Duration STOP = Duration.ofSeconds(40);

    private final Process process;
    private final Path log;
    private final Thread atExit;

    private WorkerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        // A test run that is aborted must not leave a worker running.
        this.atExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** The path of the worker's jar; empty outside the build. */
    public static String jar() {
        return System.getProperty("reliability.jar", "");
    }

    /** @param log the file for the worker's output */
    public static WorkerProcess start(Map<String, String> settings, Path log) {
        // These workers run for a short time, most of which is the start.
        return start(List.of("-Xmx400m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), settings, log);
    }

    /** With the JVM options of the image, and so with its heap. */
    public static WorkerProcess startAsInImage(Map<String, String> settings, Path log) {
        return start(List.of("@" + Path.of("infra", "java.args").toAbsolutePath()), settings, log);
    }

    /** With the JVM options of the image, and with no other settings than these environment variables. */
    public static WorkerProcess startInstalled(Map<String, String> environment, Path log) {
        return run(List.of("@" + Path.of("infra", "java.args").toAbsolutePath()), List.of(), environment, log);
    }

    private static WorkerProcess start(List<String> options, Map<String, String> settings, Path log) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--spring.config.additional-location=" + sandboxSettings());
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return run(options, arguments, Map.of(), log);
    }

    private static WorkerProcess run(
            List<String> options, List<String> arguments, Map<String, String> environment, Path log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-jar", jar()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("ATTACHE_"));
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            return new WorkerProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sandboxSettings() {
        try {
            return WorkerProcess.class
                    .getResource("/application-sandbox.yaml")
                    .toURI()
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public void awaitReady() {
        try {
            await("the worker's start, see " + log)
                    .atMost(START)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> !process.isAlive() || Files.readString(log).contains("Started AttacheApplication"));
        } catch (ConditionTimeoutException late) {
            dumpThreads();
            throw late;
        }
        assertThat(process.isAlive()).as("the worker runs, see %s", log).isTrue();
    }

    /** Writes a thread dump with virtual threads next to the log, to show what a blocked worker waits for. */
    private void dumpThreads() {
        jcmd("Thread.dump_to_file", "-overwrite", log.toAbsolutePath() + ".threads");
    }

    /** Runs a garbage collection. */
    public void collectGarbage() {
        jcmd("GC.run");
    }

    private void jcmd(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(process.info().command().orElse("java"))
                        .resolveSibling("jcmd")
                        .toString(),
                String.valueOf(process.pid())));
        command.addAll(List.of(arguments));
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(20, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits this long. Fails if the worker exits before the end. */
    public void runFor(Duration time) throws InterruptedException {
        assertThat(process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS))
                .as("the worker exited by itself, see %s", log)
                .isFalse();
    }

    /** Waits until the condition is met, but no longer than this. Fails if the worker exits before the end. */
    public void runUntil(BooleanSupplier enough, Duration atMost) {
        var until = Instant.now().plus(atMost);
        await().atMost(atMost.plus(START))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !process.isAlive()
                        || enough.getAsBoolean()
                        || Instant.now().isAfter(until));
        assertThat(process.isAlive()).as("the worker still runs, see %s", log).isTrue();
    }

    /** Sends SIGKILL, and waits for the end. Returns the time of the signal. */
    public Instant kill() throws InterruptedException {
        var at = Instant.now();
        process.destroyForcibly();
        assertThat(process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS))
                .as("the worker was killed")
                .isTrue();
        return at;
    }

    /** Sends SIGTERM, and waits for the end. */
    public void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS))
                .as("the worker stopped, see %s", log)
                .isTrue();
    }

    /** Kills the worker, if it still runs. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS);
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    public boolean isAlive() {
        return process.isAlive();
    }
}
