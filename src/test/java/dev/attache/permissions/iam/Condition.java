package dev.attache.permissions.iam;

import java.util.Map;

/**
 * A condition with one value. IAM compares a key with each of several values, one of which must match, so a statement
 * with several values is as many permissions.
 *
 * @param operator {@code StringEquals}, {@code StringLike} or {@code Null}
 */
public record Condition(String operator, String key, String value) {

    /** @throws IllegalArgumentException for an operator that these tests do not know */
    public Condition {
        switch (operator) {
            case "StringEquals", "StringLike", "Null" -> {}
            default ->
                throw new IllegalArgumentException(
                        "The tests of policies do not know the condition operator %s: add it to Condition"
                                .formatted(operator));
        }
    }

    /** A key that the request lacks meets no condition but {@code Null} (IAM User Guide, "Condition operators"). */
    boolean isMet(Map<String, String> context) {
        String actual = context.get(key);
        if (operator.equals("Null")) {
            return Boolean.parseBoolean(value) == (actual == null);
        }
        return actual != null
                && (operator.equals("StringLike") ? Wildcards.match(value, actual) : value.equals(actual));
    }

    @Override
    public String toString() {
        return operator + " " + key + "=" + value;
    }
}
