package dev.attache.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Knows good messages when it sees them. It stands before the schema library, which looks at all that this does not accept, and
 * finds the words for what is wrong: most messages are good, and to know no more than that takes a tenth of the time. It has the
 * keywords of JSON Schema (2020-12) that the contract uses, and refuses schemas with others.
 */
final class Acceptance {

    /** A keyword with its value, or all those of one schema. */
    @FunctionalInterface
    private interface Check {

        /** @throws Undecided for what the library had better say */
        boolean holds(JsonNode value);
    }

    /** For a value that is seldom and difficult. Without a stack trace, and always the same. */
    private static final class Undecided extends RuntimeException {

        private static final Undecided UNDECIDED = new Undecided();

        private Undecided() {
            super("undecided", null, false, false);
        }
    }

    private static final Set<String> SAYING_NOTHING = Set.of("$schema", "$defs", "title", "description", "$comment", "x-error");

    /** RFC 3339 in UTC, for our time and without leap days and seconds. The rest is undecided. */
    private static final Pattern USUAL_TIME = Pattern.compile("20[0-9]{2}-"
            + "(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
            + "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?Z");

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
            } catch (Undecided e) {
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
        return all(checks);
    }

    private Check compile(String document, JsonNode schema, String keyword, JsonNode given) {
        return switch (keyword) {
            case "$ref" -> refer(document, given.stringValue());
            case "type" -> type(given);
            case "const" -> oneOf(Set.of(given.stringValue()));
            case "enum" -> oneOf(texts(given));
            case "pattern" -> pattern(Pattern.compile(given.stringValue()));
            case "format" -> format(given.stringValue());
            case "minLength" -> text(text -> text.codePointCount(0, text.length()) >= given.intValue());
            case "maxLength" -> text(text -> text.length() <= given.intValue()
                    || text.codePointCount(0, text.length()) <= given.intValue());
            case "minimum" -> integer(number -> number >= given.longValue());
            case "maximum" -> integer(number -> number <= given.longValue());
            case "minItems" -> value -> !value.isArray() || value.size() >= given.intValue();
            case "maxItems" -> value -> !value.isArray() || value.size() <= given.intValue();
            case "items" -> items(compile(document, given));
            case "required" -> required(texts(given).toArray(String[]::new));
            case "properties" -> properties(document, given, schema.get("additionalProperties"));
            case "additionalProperties" -> schema.has("properties") ? value -> true : properties(document, null, given);
            case "allOf" -> all(given.valueStream().map(part -> compile(document, part)).toList());
            case "if" -> choice(compile(document, given), branch(document, schema, "then"), branch(document, schema, "else"));
            case "then", "else" -> value -> true;
            default -> throw new IllegalArgumentException(("contract/%s has the keyword %s, which %s does not know: teach it, with "
                    + "its test").formatted(document, keyword, Acceptance.class.getSimpleName()));
        };
    }

    private static Check all(List<Check> checks) {
        if (checks.size() == 1) {
            return checks.getFirst();
        }
        Check[] each = checks.toArray(Check[]::new);
        return value -> {
            for (Check check : each) {
                if (!check.holds(value)) {
                    return false;
                }
            }
            return true;
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

    private static Check type(JsonNode given) {
        if (given.isString()) {
            return type(given.stringValue());
        }
        Check[] types = given.valueStream().map(JsonNode::stringValue).map(Acceptance::type).toArray(Check[]::new);
        return value -> {
            for (Check type : types) {
                if (type.holds(value)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Check type(String name) {
        return switch (name) {
            case "object" -> JsonNode::isObject;
            case "array" -> JsonNode::isArray;
            case "string" -> JsonNode::isString;
            case "null" -> JsonNode::isNull;
            case "integer" -> value -> {
                // 1.0 is an integer too.
                if (value.isNumber() && !value.isIntegralNumber()) {
                    throw Undecided.UNDECIDED;
                }
                return value.isIntegralNumber();
            };
            default -> throw new IllegalArgumentException("Acceptance does not know the type " + name);
        };
    }

    private static Set<String> texts(JsonNode list) {
        return new HashSet<>(list.valueStream().map(JsonNode::stringValue).toList());
    }

    private static Check oneOf(Set<String> texts) {
        return value -> value.isString() && texts.contains(value.stringValue());
    }

    private static Check text(Predicate<String> condition) {
        return value -> !value.isString() || condition.test(value.stringValue());
    }

    /** The whole text: in Java, an anchor at the end is before a last line end too, and in JSON Schema it is not. */
    private static Check pattern(Pattern pattern) {
        if (!pattern.pattern().startsWith("^") || !pattern.pattern().endsWith("$")) {
            throw new IllegalArgumentException("Acceptance knows patterns from ^ to $ only, not " + pattern);
        }
        return text(text -> pattern.matcher(text).matches());
    }

    private static Check format(String format) {
        if (!format.equals("date-time")) {
            throw new IllegalArgumentException("Acceptance does not know the format " + format);
        }
        return text(text -> {
            if (!USUAL_TIME.matcher(text).matches()) {
                throw Undecided.UNDECIDED;
            }
            return true;
        });
    }

    private static Check integer(Predicate<Long> condition) {
        return value -> {
            if (value.isNumber() && !(value.isIntegralNumber() && value.canConvertToLong())) {
                throw Undecided.UNDECIDED;
            }
            return !value.isNumber() || condition.test(value.longValue());
        };
    }

    private static Check items(Check item) {
        return value -> {
            if (value.isArray()) {
                for (JsonNode each : value) {
                    if (!item.holds(each)) {
                        return false;
                    }
                }
            }
            return true;
        };
    }

    private static Check required(String[] names) {
        return value -> {
            if (value.isObject()) {
                for (String name : names) {
                    if (!value.has(name)) {
                        return false;
                    }
                }
            }
            return true;
        };
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

    private static Check choice(Check condition, Check then, Check otherwise) {
        return value -> (condition.holds(value) ? then : otherwise).holds(value);
    }
}
