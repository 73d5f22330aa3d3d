package dev.attache;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents name only classes, methods, alarms, files and headings that exist. */
class DocumentationTests {

    private static final List<String> PAGES = List.of(
            "README.md",
            "CONTRIBUTING.md",
            "CHANGELOG.md",
            "SECURITY.md",
            "infra/README.md",
            "infra/helm/attache/README.md");

    /** These pages may name classes of earlier versions. */
    private static final Set<String> WITH_FORMER_NAMES = Set.of("CHANGELOG.md", "docs/glossary.md");

    private static final List<String> SOURCES = List.of("src/main/java", "src/test/java", "bench");

    /** Names in the form of a class name that are not ours: of Java, libraries and AWS. */
    private static final Set<String> FOREIGN = Set.of("""
        AccessDenied Attache ApproximateAgeOfOldestMessage ApproximateNumberOfMessagesVisible AwsSyncClientCustomizer
        BadRequestException BufferedOutputStream Class CompleteMultipartUpload Copy
        CouldNotDetermineMessageSource DataSize Date
        Dockerfile Duration DurationSeconds ExpiredToken FifoQueue ForkJoinPool
        Forwarded Function HeadBucket Iterable JavaMailSender
        KmsMasterKeyId MappingsProvider MaximumMessageSize MessageRejected MessageRetentionPeriod None
        OutOfMemoryError Policy Post Put PutBucketCors RawMessageDelivery RedriveAllowPolicy S3Presigner
        SenderId SlowDown SnsTemplate SqsAsyncClient SqsMessageListenerContainer StartMessageMoveTask Statement
        StreamBridge SubscriptionConfirmation URLClassLoader UnsubscribeConfirmation
        VisibilityTimeout
        AbstractBinderTests Binding Clock ConsumerEndpointCustomizer ErrorMessage ListenerContainerCustomizer
        AverageValue FailedGetExternalMetric KEDAScalerFailed ScaledObject Value
        MessageSourceCustomizer MeterRegistry ObservationRegistry ProducerMessageHandlerCustomizer SnsAsyncClient
        """.strip().split("\\s+"));

    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```");

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#\\s]*)(#[^)\\s]+)?\\)");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    /** A class name in backticks, possibly with a member or a nested class. */
    private static final Pattern CLASS_NAME =
            Pattern.compile("`([A-Z][a-z0-9]+[A-Za-z0-9]*|[A-Z][0-9A-Z]+[a-z][A-Za-z0-9]*)([.#]\\w+)?(\\(\\))?`");

    private static final Pattern PACKAGE_ROW = Pattern.compile("(?m)^\\| `([a-z.]+)` \\|");

    private static final Pattern TYPE = Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)");

    @Test
    void everyRelativeLinkLeadsToAFileAndAHeading() {
        Set<String> broken = new TreeSet<>();
        for (Path page : pages()) {
            LINK.matcher(withoutCode(page)).results().forEach(link -> {
                Path target = link.group(1).isEmpty()
                        ? page
                        : page.resolveSibling(link.group(1)).normalize();
                if (!Files.exists(target)
                        || link.group(2) != null
                                && !anchors(target).contains(link.group(2).substring(1))) {
                    broken.add(page + ": " + link.group());
                }
            });
        }

        assertThat(broken).as("links that lead nowhere").isEmpty();
    }

    @Test
    void everyClassAndMethodNamedInBackticksExists() {
        Map<String, String> types = types();
        Set<String> unknown = new TreeSet<>();
        for (Path page : pages()) {
            if (!WITH_FORMER_NAMES.contains(page.toString())) {
                classNames(page)
                        .filter(name -> !FOREIGN.contains(name.group(1)) && !exists(name, types))
                        .forEach(name -> unknown.add(page + ": " + name.group()));
            }
        }

        assertThat(unknown)
                .as("names of no class or method; add names of libraries and AWS to FOREIGN")
                .isEmpty();
    }

    @Test
    void everyForeignNameIsUsedAndNotOurs() {
        Set<String> used = pages().stream()
                .flatMap(DocumentationTests::classNames)
                .map(name -> name.group(1))
                .collect(toSet());

        assertThat(used).containsAll(FOREIGN);
        assertThat(types()).doesNotContainKeys(FOREIGN.toArray(String[]::new));
    }

    @Test
    void architectureListsEveryPackage() {
        String page = read(Path.of("docs/architecture.md"));
        String section = page.substring(page.indexOf("\n## Packages"), page.indexOf("\n### Allowed dependencies"));
        Path root = Path.of("src/main/java/dev/attache");

        assertThat(PACKAGE_ROW.matcher(section).results().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(files(root.toString(), "package-info.java")
                        .map(file ->
                                root.relativize(file.getParent()).toString().replace('/', '.'))
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    private static Stream<MatchResult> classNames(Path page) {
        return CLASS_NAME.matcher(withoutCode(page)).results();
    }

    private static boolean exists(MatchResult name, Map<String, String> types) {
        String source = types.get(name.group(1));
        return source == null
                ? isAlarm(name.group(1))
                : (name.group(2) == null
                        || Pattern.compile("\\b" + name.group(2).substring(1) + "\\b")
                                .matcher(source)
                                .find());
    }

    private static boolean isAlarm(String name) {
        return read(Path.of("infra/monitoring/prometheus-rules.yaml")).contains("- alert: " + name + "\n")
                || read(Path.of("infra/terraform/modules/monitoring/alarms.yaml"))
                        .contains("- name: " + name + "\n");
    }

    private static List<Path> pages() {
        return Stream.of(PAGES.stream().map(Path::of), files("docs", ".md"), files("infra/terraform", ".md"))
                .flatMap(pages -> pages)
                .toList();
    }

    /** The sources of all types, nested ones included, by simple name. */
    private static Map<String, String> types() {
        Map<String, String> types = new HashMap<>();
        SOURCES.stream().flatMap(folder -> files(folder, ".java")).forEach(file -> {
            String source = read(file);
            TYPE.matcher(source).results().forEach(type -> types.merge(type.group(1), source, String::concat));
        });
        return types;
    }

    /** The anchors of a page's headings, as GitHub makes them. */
    private static Set<String> anchors(Path page) {
        return HEADING.matcher(withoutCode(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\s-]", "")
                        .strip()
                        .replace(' ', '-'))
                .collect(toSet());
    }

    private static String withoutCode(Path page) {
        return CODE_BLOCK.matcher(read(page)).replaceAll("");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(String folder, String ending) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files
                    .filter(file ->
                            file.toString().endsWith(ending) && !file.toString().contains("target"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
