package dev.attache.permissions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * The calls that the integration tests of one build made: one file for each JVM, in the folder that the build names in
 * the system property {@value #FOLDER}. Without the property nothing is recorded.
 */
final class CallRecords {

    static final String FOLDER = "aws.calls";

    private static final JsonMapper JSON = new JsonMapper();

    private static final Optional<CallRecords> OF_THIS_JVM = folder().map(CallRecords::new);

    private final Set<RecordedCall> written = ConcurrentHashMap.newKeySet();

    private final Path file;

    CallRecords(Path folder) {
        this.file = folder.resolve(ProcessHandle.current().pid() + ".jsonl");
    }

    /** Empty if this build does not record. */
    static Optional<CallRecords> ofThisJvm() {
        return OF_THIS_JVM;
    }

    static Optional<Path> folder() {
        return Optional.ofNullable(System.getProperty(FOLDER)).map(Path::of);
    }

    /** Writes each kind of call once. */
    void add(RecordedCall call) {
        if (written.add(call)) {
            write(JSON.writeValueAsString(call) + "\n");
        }
    }

    private synchronized void write(String line) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All calls in a folder, each once; none if the folder does not exist. */
    static Set<RecordedCall> read(Path folder) {
        TreeMap<String, RecordedCall> calls = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jsonl")) {
                for (Path file : files) {
                    Files.readAllLines(file).forEach(line -> calls.put(line, JSON.readValue(line, RecordedCall.class)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Set.copyOf(calls.values());
    }
}
