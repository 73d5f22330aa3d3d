package dev.attache.permissions.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A policy for an identity, as far as ours go: statements that allow, without {@code NotAction} and
 * {@code NotResource}.
 *
 * @param name for messages
 */
public record IamPolicy(String name, List<Permission> permissions) {

    private static final JsonMapper JSON = new JsonMapper();

    public IamPolicy {
        permissions = List.copyOf(permissions);
    }

    /** @throws IllegalArgumentException for what these tests do not understand */
    public static IamPolicy of(String name, String json) {
        List<Permission> permissions = new ArrayList<>();
        for (JsonNode statement : JSON.readTree(json).path("Statement")) {
            statement.propertyNames().forEach(element -> {
                if (!List.of("Sid", "Effect", "Action", "Resource", "Condition").contains(element)) {
                    throw new IllegalArgumentException("%s: these tests do not understand %s".formatted(name, element));
                }
            });
            if (!statement.path("Effect").stringValue().equals("Allow")) {
                throw new IllegalArgumentException(name + ": these tests understand statements that allow, only");
            }
            permissions.addAll(permissions(name, statement));
        }
        return new IamPolicy(name, permissions);
    }

    private static List<Permission> permissions(String name, JsonNode statement) {
        List<Permission> permissions = new ArrayList<>();
        for (List<Condition> conditions : combinations(statement.path("Condition"))) {
            texts(statement.path("Resource"))
                    .forEach(resource -> texts(statement.path("Action"))
                            .map(action -> new Permission(
                                    name, statement.path("Sid").asString(""), action, resource, conditions))
                            .forEach(permissions::add));
        }
        return permissions;
    }

    /** One list for each combination of the keys' values. */
    private static List<List<Condition>> combinations(JsonNode operators) {
        List<List<Condition>> combinations = List.of(List.of());
        for (Map.Entry<String, JsonNode> operator : operators.properties()) {
            for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
                List<List<Condition>> before = combinations;
                combinations = texts(key.getValue())
                        .map(value -> new Condition(operator.getKey(), key.getKey(), value))
                        .flatMap(condition -> before.stream()
                                .map(others -> Stream.concat(others.stream(), Stream.of(condition))
                                        .toList()))
                        .toList();
            }
        }
        return combinations;
    }

    private static Stream<String> texts(JsonNode oneOrSeveral) {
        return oneOrSeveral.isArray()
                ? oneOrSeveral.valueStream().map(JsonNode::stringValue)
                : Stream.of(oneOrSeveral.stringValue());
    }

    public boolean allows(AwsRequest request) {
        return permissions.stream().anyMatch(permission -> permission.allows(request));
    }
}
