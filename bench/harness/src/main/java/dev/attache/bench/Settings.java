package dev.attache.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the command line says, as {@code name=value}. */
record Settings(Map<String, String> values) {

    private static final List<String> KNOWN = List.of("subjects", "messages", "warm-up", "latencies", "starts", "growth",
            "audience", "java-options", "rounds", "at-once");

    static Settings of(String[] arguments) {
        Map<String, String> values = Arrays.stream(arguments).filter(argument -> !argument.isBlank())
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length == 1 ? "" : pair[1]));
        if (values.getOrDefault("at-once", "").contains(Subject.BOTO3)) {
            throw new IllegalArgumentException("at-once compares what warms up for as long as the worker does, and boto3 does not");
        }
        values.keySet().stream().filter(name -> !KNOWN.contains(name)).findFirst().ifPresent(unknown -> {
            throw new IllegalArgumentException("There is no setting " + unknown + "; there are " + KNOWN);
        });
        return new Settings(values);
    }

    int number(String name, int otherwise) {
        return Integer.parseInt(values.getOrDefault(name, String.valueOf(otherwise)));
    }

    List<String> list(String name, String otherwise) {
        String value = values.getOrDefault(name, otherwise);
        return value.isBlank() ? List.of() : List.of(value.split(","));
    }
}
