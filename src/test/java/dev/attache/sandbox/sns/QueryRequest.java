package dev.attache.sandbox.sns;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request of the Query protocol: a flat form in which lists and maps are numbered from one, as in
 * {@code MessageAttributes.entry.1.Name} (Smithy, "AWS query protocol").
 */
record QueryRequest(Map<String, String> form) {

    static QueryRequest parse(String body) {
        var form = new LinkedHashMap<String, String>();
        for (var pair : body.split("&")) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return new QueryRequest(form);
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(form.get(name));
    }

    /** @throws SnsException {@code InvalidParameter} if it is absent */
    String required(String name) {
        return optional(name).orElseThrow(() -> SnsException.invalidParameter(name + " is missing"));
    }

    /** The prefixes {@code <list>.member.1.}, {@code <list>.member.2.} and so on, as far as there are parameters. */
    List<String> members(String list) {
        return numbered(list + ".member.");
    }

    /** A map such as {@code Attributes.entry.1.key} and {@code .value}. */
    Map<String, String> map(String name) {
        var map = new LinkedHashMap<String, String>();
        numbered(name + ".entry.")
                .forEach(entry -> map.put(
                        required(entry + "key"), optional(entry + "value").orElse("")));
        return map;
    }

    /** The message attributes whose names begin with this prefix: empty, or a member's. */
    Map<String, Attribute> messageAttributes(String prefix) {
        var attributes = new LinkedHashMap<String, Attribute>();
        for (var entry : numbered(prefix + "MessageAttributes.entry.")) {
            var value = optional(entry + "Value.StringValue")
                    .or(() -> optional(entry + "Value.BinaryValue"))
                    .orElse("");
            attributes.put(required(entry + "Name"), new Attribute(required(entry + "Value.DataType"), value));
        }
        return attributes;
    }

    private List<String> numbered(String prefix) {
        var found = new ArrayList<String>();
        for (int number = 1; ; number++) {
            var candidate = prefix + number + '.';
            if (form.keySet().stream().noneMatch(name -> name.startsWith(candidate))) {
                return found;
            }
            found.add(candidate);
        }
    }

    private static String decoded(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
