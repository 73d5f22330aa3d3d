package dev.attache.contract.json;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A keyword of JSON Schema with its value, or all those of one schema; what {@link Acceptance} is made of. */
@FunctionalInterface
interface Check {

    /** RFC 3339 in UTC, for our time and without leap days and seconds. The rest is undecided. */
    Pattern USUAL_TIME = Pattern.compile("20[0-9]{2}-"
            + "(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
            + "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?Z");

    /**
     * Patterns of long texts, with a loop that knows most of what matches them, in a fraction of a regular expression's
     * time.
     */
    Map<String, Predicate<String>> LOOPS = Map.of(
            "^([ -~]*|[^\\u0000-\\u001F\\u007F-\\u009F\\u2028\\u2029]*)$", text -> isAscii(text, 0, ' '),
            "^([\\n -~]*|[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]*)$",
                    text -> isAscii(text.replace('\n', ' '), 0, ' '),
            "^https?://[!-~]+$", Check::isHttp);

    /** @throws Undecided for what the library had better say */
    boolean holds(JsonNode value);

    /** For a value that is seldom and difficult. Without a stack trace, and always the same. */
    final class Undecided extends RuntimeException {

        @SuppressWarnings("StaticAssignmentOfThrowable") // It has no stack trace.
        private static final Undecided UNDECIDED = new Undecided();

        private Undecided() {
            super("undecided", null, false, false);
        }
    }

    static Check all(List<Check> checks) {
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

    static Check type(JsonNode given) {
        if (given.isString()) {
            return type(given.stringValue());
        }
        Check[] types =
                given.valueStream().map(JsonNode::stringValue).map(Check::type).toArray(Check[]::new);
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
            case "integer" ->
                value -> {
                    // 1.0 is an integer too.
                    if (value.isNumber() && !value.isIntegralNumber()) {
                        throw Undecided.UNDECIDED;
                    }
                    return value.isIntegralNumber();
                };
            default -> throw new IllegalArgumentException("Acceptance does not know the type " + name);
        };
    }

    static Set<String> texts(JsonNode list) {
        return new HashSet<>(list.valueStream().map(JsonNode::stringValue).toList());
    }

    static Check oneOf(Set<String> texts) {
        return value -> value.isString() && texts.contains(value.stringValue());
    }

    static Check text(Predicate<String> condition) {
        return value -> !value.isString() || condition.test(value.stringValue());
    }

    /** The whole text: in Java, an anchor at the end is before a last line end too, and in JSON Schema it is not. */
    static Check pattern(String given) {
        if (!given.startsWith("^") || !given.endsWith("$")) {
            throw new IllegalArgumentException("Acceptance knows patterns from ^ to $ only, not " + given);
        }
        Pattern pattern = Pattern.compile(given);
        Predicate<String> loop = LOOPS.get(given);
        return text(
                loop == null
                        ? new Remembered(pattern)
                        : text -> loop.test(text) || pattern.matcher(text).matches());
    }

    /**
     * Short texts that matched, one for each hash: languages, time zones and media types come again and again. Threads
     * may overwrite what another remembered; what any of them finds did match.
     */
    final class Remembered implements Predicate<String> {

        private static final int LONGEST = 64;

        private final Pattern pattern;

        private final @Nullable String[] texts = new String[64];

        Remembered(Pattern pattern) {
            this.pattern = pattern;
        }

        @Override
        public boolean test(String text) {
            if (text.length() > LONGEST) {
                return pattern.matcher(text).matches();
            }
            int place = text.hashCode() & texts.length - 1;
            if (text.equals(texts[place])) {
                return true;
            }
            if (!pattern.matcher(text).matches()) {
                return false;
            }
            texts[place] = text;
            return true;
        }
    }

    private static boolean isHttp(String text) {
        int start = text.startsWith("https://") ? 8 : 7;
        return text.length() > start && (start == 8 || text.startsWith("http://")) && isAscii(text, start, '!');
    }

    private static boolean isAscii(String text, int from, char least) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < least || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    static Check format(String format) {
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

    static Check integer(LongPredicate condition) {
        return value -> {
            if (value.isNumber() && !(value.isIntegralNumber() && value.canConvertToLong())) {
                throw Undecided.UNDECIDED;
            }
            return !value.isNumber() || condition.test(value.longValue());
        };
    }

    static Check items(Check item) {
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

    static Check required(Set<String> required) {
        String[] names = required.toArray(String[]::new);
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

    static Check choice(Check condition, Check then, Check otherwise) {
        return value -> (condition.holds(value) ? then : otherwise).holds(value);
    }
}
