package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The image in a container of its own on the network of this machine, as infra/README.md recommends it: 512 MiB without
 * swap, a read-only root file system with a writable {@code /tmp}, no capabilities.
 */
final class Container implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);

    /** As in infra/README.md: longer than two phases (spring.lifecycle.timeout-per-shutdown-phase). */
    private static final String STOP_SECONDS = "75";

    private static final int KIBIBYTES_PER_MEBIBYTE = 1_024;

    /** Where control groups have the peak (kernel's documentation, cgroup v1 and v2), by the container's id. */
    private static final List<String> PEAKS = List.of(
            "/sys/fs/cgroup/memory/docker/%s/memory.max_usage_in_bytes",
            "/sys/fs/cgroup/docker/%s/memory.peak", "/sys/fs/cgroup/system.slice/docker-%s.scope/memory.peak");

    private final String id;
    private final Instant startedAt;
    private final Path log;

    /** How a container ended: with 143 after SIGTERM, with 137 after SIGKILL. */
    record End(Duration took, int exitCode, boolean outOfMemory) {}

    private Container(String id, Instant startedAt, Path log) {
        this.id = id;
        this.startedAt = startedAt;
        this.log = log;
    }

    /** @param log the file for the output, which is written when the container is closed */
    static Container start(String image, Map<String, String> settings, Path log) {
        String sandbox = Path.of("src/test/resources/application-sandbox.yaml")
                .toAbsolutePath()
                .toString();
        List<String> command = new ArrayList<>(List.of("run", "--detach", "--network", "host"));
        command.addAll(List.of("--memory", "512m", "--memory-swap", "512m", "--read-only", "--tmpfs", "/tmp"));
        command.addAll(List.of("--cap-drop", "ALL", "--security-opt", "no-new-privileges"));
        command.addAll(List.of("--volume", sandbox + ":/config/application-sandbox.yaml:ro"));
        // The image's health check reads the variable.
        command.addAll(List.of("--env", "MANAGEMENT_SERVER_PORT=" + settings.get("management.server.port")));
        command.addAll(List.of(image, "--spring.config.additional-location=/config/application-sandbox.yaml"));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        Instant now = Instant.now();
        return new Container(docker(command.toArray(String[]::new)), now, log);
    }

    /** Waits until an address answers with 200. Returns the time since the start of the container. */
    Duration awaitReady(URI readiness) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(readiness)
                    .timeout(Duration.ofSeconds(5))
                    .build();
            await("the container's readiness")
                    .atMost(START)
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> {
                        assertThat(isRunning())
                                .as("the container runs: %s", output())
                                .isTrue();
                        return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
                    });
        }
        return Duration.between(startedAt, Instant.now());
    }

    boolean isRunning() {
        return inspect("{{.State.Running}}").equals("true");
    }

    /** The result of the image's health check: starting, healthy or unhealthy. */
    String health() {
        return inspect("{{.State.Health.Status}}");
    }

    /** Runs a command of the image in the container. */
    String run(String... command) {
        return docker(Stream.concat(Stream.of("exec", id), Stream.of(command)).toArray(String[]::new));
    }

    /** What the container has printed so far. */
    String output() {
        return docker("logs", id);
    }

    /** The largest resident set of the JVM in MiB, with the pages of files that it has mapped (proc(5), VmHWM). */
    int peakResident() {
        try (Stream<String> lines = Files.lines(Path.of("/proc", inspect("{{.State.Pid}}"), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")) / KIBIBYTES_PER_MEBIBYTE)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The largest memory of the container's control group in MiB, with pages of files that it could have released; 0 if
     * the groups of this machine are elsewhere.
     */
    int peakOfGroup() {
        return PEAKS.stream()
                .map(place -> Path.of(place.formatted(id)))
                .filter(Files::exists)
                .mapToInt(Container::mebibytes)
                .findFirst()
                .orElse(0);
    }

    private static int mebibytes(Path file) {
        try {
            return (int) (Long.parseLong(Files.readString(file).strip()) >> 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The CPU time of the JVM so far. Unlike the time of the start, it hardly depends on the machine's other load. */
    Duration cpuTime() {
        return ProcessHandle.of(Long.parseLong(inspect("{{.State.Pid}}")))
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    /** Sends SIGTERM, and SIGKILL if the worker has not ended in time. */
    End stop() {
        Instant began = Instant.now();
        docker("stop", "--time", STOP_SECONDS, id);
        return new End(
                Duration.between(began, Instant.now()),
                Integer.parseInt(inspect("{{.State.ExitCode}}")),
                Boolean.parseBoolean(inspect("{{.State.OOMKilled}}")));
    }

    @Override
    public void close() throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        Files.writeString(log, output());
        docker("rm", "--force", "--volumes", id);
    }

    private String inspect(String format) {
        return docker("inspect", "--format", format, id);
    }

    /** Runs docker, and returns what it prints. */
    static String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(process.waitFor())
                    .as("the exit code of docker %s: %s", arguments[0], output)
                    .isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
