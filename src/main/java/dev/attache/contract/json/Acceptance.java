package dev.attache.contract.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Knows good messages when it sees them. It stands before the schema library, which looks at all that this does not
 * accept, and finds the words for what is wrong: most messages are good, and to know no more than that takes a tenth of
 * the time. It has the keywords of JSON Schema (2020-12) that the contract uses, and refuses schemas with others.
 */
final class Acceptance {

    private static final Set<String> SAYING_NOTHING =
            Set.of("$schema", "$defs", "title", "description", "$comment", "x-error");

    private final Map<String, Check> referred = new HashMap<>();

    private final Map<String, JsonNode> read = new HashMap<>();

    private final Function<String, JsonNode> documents;

    /** @param documents a schema by its name, such as {@code common.json} */
    Acceptance(Function<String, JsonNode> documents) {
        this.documents = documents;
    }

    /**
     * @return whether a value surely keeps that schema
     * @throws IllegalArgumentException for a schema with a keyword that this does not know
     */
    Predicate<JsonNode> of(String document) {
        Check whole = compile(document, document(document));
        return value -> {
            try {
                return whole.holds(value);
            } catch (Check.Undecided e) {
                return false;
            }
        };
    }

    private JsonNode document(String name) {
        return read.computeIfAbsent(name, documents);
    }

    private Check compile(String document, JsonNode schema) {
        if (schema.isBoolean()) {
            boolean answer = schema.booleanValue();
            return value -> answer;
        }
        if (!schema.isObject()) {
            throw new IllegalArgumentException("contract/" + document + " refers to a schema that is not there");
        }
        List<Check> checks = new ArrayList<>();
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            if (!SAYING_NOTHING.contains(keyword.getKey())) {
                checks.add(compile(document, schema, keyword.getKey(), keyword.getValue()));
            }
        }
        return Check.all(checks);
    }

    private Check compile(String document, JsonNode schema, String keyword, JsonNode given) {
        return switch (keyword) {
            case "$ref" -> refer(document, given.stringValue());
            case "type" -> Check.type(given);
            case "const" -> Check.oneOf(Set.of(given.stringValue()));
            case "enum" -> Check.oneOf(Check.texts(given));
            case "pattern" -> Check.pattern(given.stringValue());
            case "format" -> Check.format(given.stringValue());
            case "minLength" -> Check.text(text -> text.codePointCount(0, text.length()) >= given.intValue());
            case "maxLength" ->
                Check.text(text ->
                        text.length() <= given.intValue() || text.codePointCount(0, text.length()) <= given.intValue());
            case "minimum" -> Check.integer(number -> number >= given.longValue());
            case "maximum" -> Check.integer(number -> number <= given.longValue());
            case "minItems" -> value -> !value.isArray() || value.size() >= given.intValue();
            case "maxItems" -> value -> !value.isArray() || value.size() <= given.intValue();
            case "items" -> Check.items(compile(document, given));
            case "required" -> Check.required(Check.texts(given));
            case "properties" -> properties(document, given, schema.get("additionalProperties"));
            case "additionalProperties" -> schema.has("properties") ? value -> true : properties(document, null, given);
            case "allOf" ->
                Check.all(
                        given.valueStream().map(part -> compile(document, part)).toList());
            case "if" ->
                Check.choice(
                        compile(document, given), branch(document, schema, "then"), branch(document, schema, "else"));
            case "then", "else" -> value -> true;
            default ->
                throw new IllegalArgumentException(
                        ("contract/%s has the keyword %s, which %s does not know: teach it, with " + "its test")
                                .formatted(document, keyword, Acceptance.class.getSimpleName()));
        };
    }

    private Check refer(String document, String reference) {
        String[] parts = reference.split("#", 2);
        String target = parts[0].isEmpty() ? document : parts[0];
        String pointer = parts.length == 1 ? "" : parts[1];
        Check known = referred.get(target + "#" + pointer);
        if (known == null) {
            known = compile(target, document(target).at(pointer));
            referred.put(target + "#" + pointer, known);
        }
        return known;
    }

    private Check properties(String document, @Nullable JsonNode named, @Nullable JsonNode others) {
        Map<String, Check> checks = new HashMap<>();
        if (named != null) {
            named.properties().forEach(entry -> checks.put(entry.getKey(), compile(document, entry.getValue())));
        }
        Check other = others == null ? value -> true : compile(document, others);
        return value -> {
            if (value.isObject()) {
                for (Map.Entry<String, JsonNode> property : value.properties()) {
                    if (!checks.getOrDefault(property.getKey(), other).holds(property.getValue())) {
                        return false;
                    }
                }
            }
            return true;
        };
    }

    private Check branch(String document, JsonNode schema, String keyword) {
        return schema.has(keyword) ? compile(document, schema.get(keyword)) : value -> true;
    }
}
