package dev.attache.monitoring;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A selector of series in a query of Prometheus, such as {@code up{job="attache"}}.
 *
 * @param matchers conditions on labels
 */
record Selector(String metric, List<Matcher> matchers) {

    /** Names before a parenthesis are functions or operators, and their lists of labels hold no metrics. */
    private static final Pattern LABELS_OF_OPERATORS = Pattern.compile("\\b(by|on|ignoring|without)\\s*\\(([^)]*)\\)");

    private static final Pattern SELECTOR =
            Pattern.compile("(?<![\\w:.\"$])([a-zA-Z_:][\\w:]*)(\\{[^}]*\\})?(?!\\s*[\\w(:])");

    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");

    private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "offset", "bool", "Inf", "NaN");

    /** A condition on a label. */
    record Matcher(String label, String operator, String value) {

        /** The alternatives of a regular expression that has no other operators; otherwise none. */
        List<String> values() {
            return Arrays.stream(value.split("\\|"))
                    .filter(one -> one.matches("[\\w-]+"))
                    .toList();
        }
    }

    static List<Selector> in(String query) {
        String withoutLists = LABELS_OF_OPERATORS.matcher(query).replaceAll("$1 ()");
        String withoutRanges = withoutLists.replaceAll("\\[[^]]*]", "").replaceAll("\\boffset\\s+\\w+", "");
        return SELECTOR.matcher(withoutRanges)
                .results()
                .filter(found -> !KEYWORDS.contains(found.group(1)))
                .filter(found -> !found.group(1).matches("by|on|ignoring|without"))
                .map(found -> new Selector(
                        found.group(1),
                        found.group(2) == null
                                ? List.of()
                                : MATCHER.matcher(found.group(2))
                                        .results()
                                        .map(matcher ->
                                                new Matcher(matcher.group(1), matcher.group(2), matcher.group(3)))
                                        .toList()))
                .toList();
    }

    /** The labels that a query groups by or joins on. */
    static Set<String> groupedBy(String query) {
        return LABELS_OF_OPERATORS
                .matcher(query)
                .results()
                .flatMap(list -> Arrays.stream(list.group(2).split(",")))
                .map(String::strip)
                .collect(Collectors.toSet());
    }

    /**
     * The parts of a query that each have to find series when nothing is wrong: without comparisons, and with any value
     * of each label.
     */
    static Stream<String> operands(String query) {
        String anyValue = MATCHER.matcher(query).replaceAll("$1=~\".+\"");
        String unconditional = anyValue.replaceAll("\\babsent\\(", "(")
                .replaceAll("\\s(==|>|<)\\s*[-+]?(\\d[\\d.]*|Inf)", "")
                .replaceAll("\\s+offset 9d", "")
                .replace("[9d]", "[5m]")
                .replace("[4h]", "[5m]");
        return Arrays.stream(unconditional.split("\\s(unless|and|or)\\s+(on \\([^)]*\\))?"))
                .map(String::strip);
    }
}
