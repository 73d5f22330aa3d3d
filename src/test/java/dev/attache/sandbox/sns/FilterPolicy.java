package dev.attache.sandbox.sns;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A filter on message attributes: every attribute in it must match one of its conditions (Amazon SNS Developer Guide,
 * "Amazon SNS subscription filter policies"). Exact values, {@code prefix}, {@code anything-but} and {@code exists} are
 * supported; other conditions are refused when the subscription is created.
 */
final class FilterPolicy {

    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, List<Condition>> conditions;

    private FilterPolicy(Map<String, List<Condition>> conditions) {
        this.conditions = conditions;
    }

    /** @throws SnsException {@code InvalidParameter} for malformed policies and unsupported conditions */
    static FilterPolicy parse(String json) {
        JsonNode policy;
        try {
            policy = JSON.readTree(json);
        } catch (JacksonException malformed) {
            throw refused("it is not JSON");
        }
        if (!policy.isObject()) {
            throw refused("it is not an object");
        }
        var conditions = new LinkedHashMap<String, List<Condition>>();
        policy.properties().forEach(property -> {
            if (!property.getValue().isArray() || property.getValue().isEmpty()) {
                throw refused("'%s' must be an array with one value or more".formatted(property.getKey()));
            }
            conditions.put(
                    property.getKey(),
                    elements(property.getValue()).map(FilterPolicy::condition).toList());
        });
        return new FilterPolicy(conditions);
    }

    boolean accepts(Map<String, Attribute> attributes) {
        return conditions.entrySet().stream().allMatch(entry -> {
            var values = values(attributes.get(entry.getKey()));
            return entry.getValue().stream().anyMatch(condition -> condition.accepts(values));
        });
    }

    private static Condition condition(JsonNode node) {
        if (node.isValueNode()) {
            return new Exactly(Set.of(node.asString()));
        }
        if (node.has("prefix") && node.size() == 1) {
            return new Prefix(node.get("prefix").asString());
        }
        if (node.has("exists") && node.size() == 1) {
            return new Exists(node.get("exists").asBoolean());
        }
        if (node.has("anything-but") && node.size() == 1) {
            var excluded = node.get("anything-but");
            return new AnythingBut(excluded.isObject() ? condition(excluded) : exactly(excluded));
        }
        throw refused("the sandbox does not know the condition " + node);
    }

    private static Condition exactly(JsonNode excluded) {
        return excluded.isArray()
                ? new Exactly(
                        new HashSet<>(elements(excluded).map(JsonNode::asString).toList()))
                : new Exactly(Set.of(excluded.asString()));
    }

    /** The values of an attribute: several for a {@code String.Array}, none if it is absent or binary. */
    private static Optional<List<String>> values(@Nullable Attribute attribute) {
        if (attribute == null || attribute.isBinary()) {
            return Optional.empty();
        }
        return Optional.of(
                attribute.dataType().equals("String.Array")
                        ? elements(JSON.readTree(attribute.value()))
                                .map(JsonNode::asString)
                                .toList()
                        : List.of(attribute.value()));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static SnsException refused(String why) {
        return SnsException.invalidParameter("FilterPolicy: " + why);
    }

    private sealed interface Condition {

        boolean accepts(Optional<List<String>> values);
    }

    private record Exactly(Set<String> allowed) implements Condition {

        @Override
        public boolean accepts(Optional<List<String>> values) {
            return values.stream().flatMap(List::stream).anyMatch(allowed::contains);
        }
    }

    private record Prefix(String prefix) implements Condition {

        @Override
        public boolean accepts(Optional<List<String>> values) {
            return values.stream().flatMap(List::stream).anyMatch(value -> value.startsWith(prefix));
        }
    }

    private record Exists(boolean wanted) implements Condition {

        @Override
        public boolean accepts(Optional<List<String>> values) {
            return values.isPresent() == wanted;
        }
    }

    private record AnythingBut(Condition excluded) implements Condition {

        @Override
        public boolean accepts(Optional<List<String>> values) {
            return values.isPresent() && !excluded.accepts(values);
        }
    }
}
