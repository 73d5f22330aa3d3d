package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the scripts in {@code infra} with a fake {@code aws} command first on the PATH:
 * {@code src/test/resources/setup/aws}. Its state is in files, which the tests read, and change as operators would.
 */
abstract class ScriptTestBase {

    static final String OBJECTS_CREATED = "arn:aws:sqs:eu-central-1:111122223333:objects-created";

    private static final AtomicReference<SortedMap<String, String>> CREATED = new AtomicReference<>(new TreeMap<>());

    @TempDir
    private Path folder;

    private Path state;

    /** The output of a run, with its errors, and its exit code. */
    record Run(int exitCode, String output) {}

    @BeforeEach
    void putTheFakeCommandOnThePath() throws IOException {
        state = Files.createDirectory(folder.resolve("state"));
        Path aws = Files.createDirectory(folder.resolve("bin")).resolve("aws");
        Files.copy(Path.of("src/test/resources/setup/aws"), aws);
        Files.setPosixFilePermissions(aws, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /**
     * Begins with what a first run creates. It runs once for all tests of a class; each test has a copy, without the
     * records of calls.
     */
    void begin() {
        SortedMap<String, String> files = CREATED.updateAndGet(created -> created.isEmpty() ? firstRun() : created);
        files.forEach(this::write);
    }

    private SortedMap<String, String> firstRun() {
        assertReady(setup());
        remove("calls");
        remove("writes");
        return snapshot();
    }

    static void assertReady(Run run) {
        assertThat(run.output()).contains("Ready.").doesNotContain("PROBLEM");
        assertThat(run.exitCode()).isZero();
    }

    Run setup(String... options) {
        return end(start(Map.of(), options));
    }

    Process start(Map<String, String> more, String... options) {
        return start("infra/setup.sh", more, options);
    }

    Process start(String script, Map<String, String> more, String... options) {
        var command = new ArrayList<>(List.of("sh", script));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("ATTACHE_"));
        environment.put("PATH", folder.resolve("bin") + ":" + environment.get("PATH"));
        environment.put("AWS_DOUBLE", state.toString());
        environment.put("AWS_REGION", "eu-central-1");
        environment.put("ATTACHE_URL", "https://attache.example.com/attache");
        environment.putAll(more);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IllegalStateException("The script could not be started", e);
        }
    }

    static Run end(Process script) {
        try (var output = script.inputReader()) {
            String text = String.join("\n", output.lines().toList());
            assertThat(script.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return new Run(script.exitValue(), text);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("The script's output could not be read", e);
        }
    }

    List<String> writes() {
        return Files.exists(state.resolve("writes"))
                ? read("writes").lines().map(String::strip).toList()
                : List.of();
    }

    String read(String file) {
        try {
            return Files.readString(state.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void write(String file, String content) {
        try {
            Files.createDirectories(state.resolve(file).getParent());
            Files.writeString(state.resolve(file), content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void remove(String file) {
        try {
            Files.deleteIfExists(state.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The contents of the files in a directory of the state. */
    List<String> list(String directory) {
        if (!Files.exists(state.resolve(directory))) {
            return List.of();
        }
        try (var files = Files.list(state.resolve(directory))) {
            return files.map(file -> read(state.relativize(file).toString())).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The names of the files and directories in a directory of the state. */
    List<String> names(String directory) {
        try (var files = Files.list(state.resolve(directory))) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The path and content of each file of the state, without the fake command's records of calls. */
    SortedMap<String, String> snapshot() {
        try (var files = Files.walk(state)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> state.relativize(file).toString())
                    .filter(file -> file.contains("/"))
                    .collect(Collectors.toMap(file -> file, this::read, (one, other) -> one, TreeMap::new));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean exists(String file) {
        return Files.exists(state.resolve(file));
    }
}
