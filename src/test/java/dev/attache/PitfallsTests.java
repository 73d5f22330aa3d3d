package dev.attache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** The tests that docs/pitfalls.md names exist. */
class PitfallsTests {

    private static final Pattern LINE = Pattern.compile("^\\| (\\d+) \\|", Pattern.MULTILINE);

    private static final Pattern TEST = Pattern.compile("`(\\w+#\\w+)`");

    @Test
    void everyPitfallHasALine() throws IOException {
        assertThat(LINE.matcher(page()).results().map(line -> Integer.valueOf(line.group(1))))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 68).boxed().toList());
    }

    @Test
    void everyTestNamedForAPitfallExists() throws IOException {
        List<String> tests =
                TEST.matcher(page()).results().map(test -> test.group(1)).toList();

        assertThat(tests).isNotEmpty().allSatisfy(test -> {
            String[] parts = test.split("#");
            assertThat(classesNamed(parts[0]).flatMap(PitfallsTests::testMethods))
                    .contains(parts[1]);
        });
    }

    /** Without loading all other classes, which takes seconds. */
    private static Stream<Class<?>> classesNamed(String simpleName) throws Exception {
        Path root = Path.of(PitfallsTests.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(root)) {
            List<Class<?>> classes = new ArrayList<>();
            for (Path file :
                    files.filter(it -> it.endsWith(simpleName + ".class")).toList()) {
                classes.add(Class.forName(root.relativize(file.resolveSibling(simpleName))
                        .toString()
                        .replace('/', '.')));
            }
            return classes.stream();
        }
    }

    private static Stream<String> testMethods(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
                .map(Method::getName);
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("docs", "pitfalls.md"));
    }
}
