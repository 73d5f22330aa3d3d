package dev.attache.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings on the command line, as {@code name=value}. */
record Settings(Map<String, String> values) {

    private static final List<String> KNOWN = List.of(
            "subjects",
            "messages",
            "warm-up",
            "latencies",
            "starts",
            "growth",
            "audience",
            "java-options",
            "rounds",
            "at-once",
            "mail-subjects",
            "mails",
            "mail-warm-up",
            "lists",
            "before");

    /** As in the image; the path counts from {@code bench}. */
    private static final String JAVA_OPTIONS = "@../infra/java.args";

    static Settings of(String[] arguments) {
        Map<String, String> values = Arrays.stream(arguments)
                .filter(argument -> !argument.isBlank())
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length == 1 ? "" : pair[1]));
        if (values.getOrDefault("at-once", "").contains(Subject.BOTO3)) {
            throw new IllegalArgumentException(
                    "at-once compares what warms up for as long as the worker does, and boto3 does not");
        }
        values.keySet().stream()
                .filter(name -> !KNOWN.contains(name))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new IllegalArgumentException("There is no setting " + unknown + "; there are " + KNOWN);
                });
        return new Settings(values);
    }

    int number(String name, int otherwise) {
        return Integer.parseInt(values.getOrDefault(name, String.valueOf(otherwise)));
    }

    /** The same for all Java programs; none for others. */
    List<String> javaOptions(String subject) {
        return subject.equals(Subject.BOTO3) ? List.of() : list("java-options", JAVA_OPTIONS);
    }

    /** The jar of {@link Subject#WORKER_BEFORE}. */
    String before() {
        String jar = values.getOrDefault("before", "");
        if (!Files.isRegularFile(Path.of(jar))) {
            throw new IllegalArgumentException(
                    ("before is '%s', which is no file: give the path of the older worker's jar, absolute or "
                                    + "relative to bench, with its folder lib beside it")
                            .formatted(jar));
        }
        return jar;
    }

    List<String> list(String name, String otherwise) {
        String value = values.getOrDefault(name, otherwise);
        return value.isBlank() ? List.of() : List.of(value.split(","));
    }
}
