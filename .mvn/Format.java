import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Formats Java sources with palantir-java-format, or checks that they are formatted.
 *
 * <p>{@code pom.xml} runs this file on the JDK of the toolchain. The formatter uses the parser of the JDK that it runs
 * on, and Maven itself may run on a JDK that is older than the sources. The formatter's own command line does not
 * format Javadoc, and needs two runs for some files.
 *
 * <p>Arguments: {@code check} or {@code write}, the file that remembers what is formatted, and the folders with
 * sources.
 */
final class Format {

    /** Some files need two; a file that needs more than this is an error. */
    private static final int MAX_PASSES = 5;

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(true)
            .build());

    /**
     * The formatter's jar, whose name holds its version: part of each hash, so that another version checks every file.
     */
    private final String version =
            Formatter.class.getProtectionDomain().getCodeSource().getLocation().toString();

    private final boolean write;

    /** Hashes of the sources that were formatted in the last run. Their files are not parsed again. */
    private final Set<String> known;

    private final Set<String> formatted = new ConcurrentSkipListSet<>();
    private final Set<Path> unformatted = new ConcurrentSkipListSet<>();

    private Format(boolean write, Set<String> known) {
        this.write = write;
        this.known = known;
    }

    static void main(String[] arguments) throws IOException {
        Path hashes = Path.of(arguments[1]).toAbsolutePath();
        Set<String> known = Files.exists(hashes) ? Set.copyOf(Files.readAllLines(hashes)) : Set.of();
        var format = new Format(arguments[0].equals("write"), known);
        for (String folder : List.of(arguments).subList(2, arguments.length)) {
            sources(Path.of(folder)).parallelStream().forEach(format::format);
        }
        Files.createDirectories(hashes.getParent());
        Files.write(hashes, format.formatted);
        format.report();
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file ->
                            StreamSupport.stream(file.spliterator(), false).noneMatch(Path.of("target")::equals))
                    .toList();
        }
    }

    private void format(Path file) {
        try {
            String source = Files.readString(file);
            if (known.contains(hash(source))) {
                formatted.add(hash(source));
                return;
            }
            String result = format(source);
            if (!result.equals(source)) {
                unformatted.add(file);
                if (!write) {
                    return;
                }
                Files.writeString(file, result);
            }
            formatted.add(hash(result));
        } catch (FormatterException e) {
            throw new IllegalArgumentException(file + " cannot be formatted: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String format(String source) throws FormatterException {
        String before = source;
        for (int pass = 0; pass < MAX_PASSES; pass++) {
            String after = formatter.formatSourceAndFixImports(before);
            if (after.equals(before)) {
                return after;
            }
            before = after;
        }
        throw new IllegalStateException("The formatter still changes a file after %d passes".formatted(MAX_PASSES));
    }

    private String hash(String source) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(version.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(source.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void report() {
        unformatted.forEach(file -> System.out.println((write ? "Formatted " : "Not formatted: ") + file));
        if (!write && !unformatted.isEmpty()) {
            System.out.println("To format all Java files: ./mvnw -Pformat validate");
            System.exit(1);
        }
    }
}
