package dev.attache;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The page on what has bitten others says which test holds what; this holds the page. */
class PitfallsTests {

    private static final Pattern LINE = Pattern.compile("^\\| (\\d+) \\|", Pattern.MULTILINE);

    private static final Pattern TEST = Pattern.compile("`(\\w+#\\w+)`");

    @Test
    void everyPitfallHasItsLine() throws IOException {
        assertThat(LINE.matcher(page()).results().map(line -> Integer.valueOf(line.group(1))))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 68).boxed().toList());
    }

    @Test
    void everyTestThatHoldsOneExists() throws IOException {
        List<String> tests = new ClassFileImporter()
                .withImportOption(new ImportOption.OnlyIncludeTests()).importPackages("dev.attache").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(Test.class)
                                || method.isAnnotatedWith(ParameterizedTest.class)
                                || method.isAnnotatedWith(RepeatedTest.class))
                        .map(PitfallsTests::name)
                        .toList();

        assertThat(TEST.matcher(page()).results().map(MatchResult::group).map(it -> it.replace("`", "")))
                .isNotEmpty()
                .allSatisfy(test -> assertThat(tests).contains(test));
    }

    private static String name(JavaMethod method) {
        return method.getOwner().getSimpleName() + "#" + method.getName();
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("docs", "pitfalls.md"));
    }
}
