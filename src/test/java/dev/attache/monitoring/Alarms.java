package dev.attache.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** The rules of Prometheus, in {@code infra/monitoring}. */
final class Alarms {

    static final Path FOLDER = Path.of("infra/monitoring");

    static final Path RULES = FOLDER.resolve("prometheus-rules.yaml");

    static final List<Path> TESTS =
            List.of(FOLDER.resolve("prometheus-rules.test.yaml"), FOLDER.resolve("prometheus-rules-of-days.test.yaml"));

    private Alarms() {}

    /** An alarm. */
    record Alarm(String name, String expression, Map<String, String> labels, Map<String, String> annotations) {

        /** The heading's anchor in the runbook, without the number sign. */
        String section() {
            return annotations.getOrDefault("runbook_url", "").replaceFirst("^docs/runbook\\.md#", "");
        }
    }

    static List<Alarm> all() {
        return rules().stream()
                .filter(rule -> rule.containsKey("alert"))
                .map(rule -> new Alarm(
                        (String) rule.get("alert"),
                        (String) rule.get("expr"),
                        texts(rule, "labels"),
                        texts(rule, "annotations")))
                .toList();
    }

    /** The expressions of all rules; those of recorded series by the series' name. */
    static List<String> expressions() {
        return rules().stream().map(rule -> (String) rule.get("expr")).toList();
    }

    /** The names of the series that rules record. */
    static List<String> recorded() {
        return rules().stream()
                .filter(rule -> rule.containsKey("record"))
                .map(rule -> (String) rule.get("record"))
                .toList();
    }

    @SuppressWarnings("unchecked") // The format of rule files: "Recording rules" in Prometheus's documentation.
    private static List<Map<String, Object>> rules() {
        Map<String, Object> file = yaml(RULES);
        return ((List<Map<String, Object>>) file.get("groups"))
                .stream()
                        .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream())
                        .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> texts(Map<String, Object> rule, String name) {
        return (Map<String, String>) rule.getOrDefault(name, Map.of());
    }

    static Map<String, Object> yaml(Path file) {
        return new Yaml().load(text(file));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
