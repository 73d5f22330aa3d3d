package dev.attache.contract.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes a document at random, mostly into one that the contract forbids or only just allows. */
final class Mutations {

    /** Numbers that are not Java integers, and times in rare forms. */
    private static final List<String> RARE = List.of(
            "1.0",
            "2.5",
            "1e3",
            "123456789012345678901234567890",
            "\"2026-02-30T09:00:00Z\"",
            "\"2028-02-29T09:00:00Z\"",
            "\"2026-11-21T12:00:00+03:00\"",
            "\"2026-11-21t09:00:00z\"",
            "\"2026-11-21T23:59:60Z\"",
            "\"1999-11-21T09:00:00Z\"");

    private static final List<String> COMMON = List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "-1",
            "9007199254740991",
            "9007199254740992",
            "\"\"",
            "\" \"",
            "\"a\"",
            "\"ü\"",
            "\"a\\u0000\"",
            "\"a\\n\"",
            "\"\\u2028\"",
            "\"upload\"",
            "\"event\"",
            "\"newsletter\"",
            "\"GET\"",
            "\"1.0\"",
            "\"2026-11-30T09:00:00.123Z\"",
            "\"2026-01-31T09:00:00Z\"",
            "\"a@b\"",
            "\"pt-BR\"",
            "\"PT0S\"",
            "\"PT1H\"",
            "\"P\"",
            "\"https://a.example/{recipient}\"",
            "\"http://a.example/\"",
            "\"text/plain\"",
            "\"text\"",
            "{}",
            "[]",
            "[\"a@example.com\"]",
            "[{\"address\":\"a@example.com\"}]",
            "[1]",
            "[\"image/png\"]",
            "{\"key\":\"k\"}",
            "{\"address\":7}",
            "\"" + "f".repeat(64) + "\"",
            "\"" + "F".repeat(63) + "g\"");

    /** Each limit of the contract, and one more. */
    private static final int[] LENGTHS = {35, 36, 40, 41, 64, 65, 256, 257, 900, 901, 998, 999, 1000, 1001, 1024, 1025};

    private final Random random;

    Mutations(long seed) {
        this.random = new Random(seed);
    }

    /** A copy, changed in one to three places. */
    JsonNode of(JsonNode document) {
        JsonNode changed = document.deepCopy();
        for (int i = random.nextInt(3); i >= 0; i--) {
            change(changed);
        }
        return changed;
    }

    private void change(JsonNode document) {
        List<JsonNode> parents = new ArrayList<>();
        collect(document, parents);
        switch (parents.get(random.nextInt(parents.size()))) {
            case ObjectNode object
            when !object.isEmpty() -> {
                String name = object.propertyNames().stream()
                        .skip(random.nextInt(object.size()))
                        .findFirst()
                        .orElseThrow();
                switch (random.nextInt(5)) {
                    case 0 -> object.remove(name);
                    case 1 -> object.set("unknown", value());
                    case 2 -> object.set(name, grown(object.get(name)));
                    default -> object.set(name, value());
                }
            }
            case ArrayNode array
            when !array.isEmpty() -> {
                int index = random.nextInt(array.size());
                switch (random.nextInt(3)) {
                    case 0 -> array.remove(index);
                    case 1 -> array.set(index, value());
                    default -> repeat(array, new int[] {49, 50, 99, 100, 499, 500}[random.nextInt(6)]);
                }
            }
            default -> ((ObjectNode) document).set("unknown", value());
        }
    }

    private static void collect(JsonNode node, List<JsonNode> into) {
        if (node.isContainer()) {
            into.add(node);
            node.forEach(child -> collect(child, into));
        }
    }

    private static void repeat(ArrayNode array, int more) {
        JsonNode first = array.get(0);
        IntStream.range(0, more).forEach(i -> array.add(first));
    }

    private JsonNode value() {
        if (random.nextInt(4) == 0) {
            String unit = random.nextBoolean() ? "x" : "😀";
            return EventFixtures.MAPPER
                    .getNodeFactory()
                    .stringNode(unit.repeat(LENGTHS[random.nextInt(LENGTHS.length)]));
        }
        List<String> values = random.nextInt(8) == 0 ? RARE : COMMON;
        return EventFixtures.MAPPER.readTree(values.get(random.nextInt(values.size())));
    }

    /** A text with one more character, at its end or inside; another value instead of anything else. */
    private JsonNode grown(JsonNode node) {
        if (!node.isString()) {
            return value();
        }
        String text = node.stringValue();
        int at = random.nextBoolean() ? text.length() : random.nextInt(text.length() + 1);
        String more = List.of("\n", "\r", "\t", " ", "\u007F", "\u0085", "\u2029", "é", "😀", "{", "}", "/", "0")
                .get(random.nextInt(13));
        return EventFixtures.MAPPER.getNodeFactory().stringNode(text.substring(0, at) + more + text.substring(at));
    }
}
