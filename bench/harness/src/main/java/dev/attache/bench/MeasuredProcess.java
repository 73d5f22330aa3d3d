package dev.attache.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A child process, which is measured with Linux's {@code /proc}. It runs on one core if {@code taskset} is installed.
 */
final class MeasuredProcess implements AutoCloseable {

    private static final boolean CAN_PIN = Files.isExecutable(Path.of("/usr/bin/taskset"))
            && Runtime.getRuntime().availableProcessors() > 1;

    /** Linux, proc(5): CPU times are in clock ticks, a hundred a second on all usual machines. */
    private static final long MILLIS_PER_TICK = 10;

    private final Process process;

    private final long started = System.currentTimeMillis();

    private MeasuredProcess(Process process) {
        this.process = process;
    }

    static boolean pins() {
        return CAN_PIN;
    }

    /** A process whose output and errors go to the log. */
    static MeasuredProcess start(int core, Path log, Map<String, String> environment, List<String> command) {
        return start(core, command, builder -> {
            builder.environment().putAll(environment);
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
        });
    }

    /** A process whose output is read; its errors go to the log. */
    static MeasuredProcess startToRead(int core, Path log, List<String> command) {
        return start(core, command, builder -> builder.redirectError(log.toFile()));
    }

    /** For {@link #start}: any core. */
    static final int ANY_CORE = -1;

    private static MeasuredProcess start(int core, List<String> command, Consumer<ProcessBuilder> settings) {
        List<String> pinned = new ArrayList<>(
                CAN_PIN && core != ANY_CORE ? List.of("taskset", "-c", String.valueOf(core)) : List.of());
        pinned.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(pinned);
        settings.accept(builder);
        try {
            return new MeasuredProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Process process() {
        return process;
    }

    /** In milliseconds since 1970. */
    long started() {
        return started;
    }

    void requireAlive(Path log) {
        if (!process.isAlive()) {
            throw new IllegalStateException("The process ended with %d; see %s".formatted(process.exitValue(), log));
        }
    }

    /** User and system time so far, in milliseconds, of all its threads. */
    long cpuMillis() {
        String stat = read("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_PER_TICK;
    }

    /** The resident set size, in MiB. */
    long residentMiB() {
        return status("VmRSS:");
    }

    /** The highest resident set size, in MiB. */
    long peakResidentMiB() {
        return status("VmHWM:");
    }

    private long status(String name) {
        return read("status")
                        .lines()
                        .filter(line -> line.startsWith(name))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                / 1024;
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(Duration.ofSeconds(40).toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
