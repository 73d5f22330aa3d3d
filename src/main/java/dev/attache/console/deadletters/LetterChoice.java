package dev.attache.console.deadletters;

import dev.attache.deadletters.DeadLetter;
import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Snapshot;
import dev.attache.deadletters.Tasks;
import dev.attache.deadletters.Verdicts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The letters that a form is about, from its fields: {@code letter} (any number of message ids), or {@code code} and
 * {@code source} of a group, or {@code accepted} with the id of a dry run, or {@code all}.
 *
 * @param fields the same as hidden fields, or as parameters of an address
 * @param selection empty if the form selects nothing
 * @param count how many letters of the snapshot are selected
 */
record LetterChoice(List<Map.Entry<String, String>> fields, Optional<Selection> selection, long count) {

    private static final Selection NOTHING = new Selection.Letters(Set.of());

    static LetterChoice of(Map<String, String[]> parameters, Optional<Snapshot> snapshot, Tasks tasks) {
        List<Map.Entry<String, String>> fields = parameters.entrySet().stream()
                .filter(parameter ->
                        Set.of("letter", "code", "source", "accepted", "all").contains(parameter.getKey()))
                .flatMap(parameter ->
                        List.of(parameter.getValue()).stream().map(value -> Map.entry(parameter.getKey(), value)))
                .sorted(Map.Entry.<String, String>comparingByKey().thenComparing(Map.Entry.comparingByValue()))
                .toList();
        Selection selection = selection(fields, tasks);
        return new LetterChoice(
                fields,
                Optional.of(selection).filter(some -> !some.equals(NOTHING)),
                snapshot.map(Snapshot::letters).orElse(List.of()).stream()
                        .filter(selection::includes)
                        .count());
    }

    private static Selection selection(List<Map.Entry<String, String>> fields, Tasks tasks) {
        Set<String> letters = fields.stream()
                .filter(field -> field.getKey().equals("letter"))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
        if (!letters.isEmpty()) {
            return new Selection.Letters(letters);
        }
        Map<String, String> values =
                fields.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a));
        if (values.containsKey("accepted")) {
            return new Selection.Letters(accepted(values.getOrDefault("accepted", ""), tasks));
        }
        if (values.containsKey("code") && values.containsKey("source")) {
            return new Selection.OfGroup(values.getOrDefault("code", ""), values.getOrDefault("source", ""));
        }
        return values.containsKey("all") ? new Selection.All() : NOTHING;
    }

    private static Set<String> accepted(String dryRun, Tasks tasks) {
        try {
            return tasks.verdicts(UUID.fromString(dryRun)).map(Verdicts::of).orElse(Map.of()).entrySet().stream()
                    .filter(result -> result.getValue().verdict() == Verdicts.Kind.ACCEPTED)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        } catch (IllegalArgumentException noId) {
            return Set.of();
        }
    }

    /** The letter that is selected, if it is a single one of the snapshot. */
    static Optional<DeadLetter> single(Optional<Snapshot> snapshot, Selection selection) {
        return selection instanceof Selection.Letters some && some.messageIds().size() == 1
                ? snapshot.flatMap(it -> it.find(some.messageIds().iterator().next()))
                : Optional.empty();
    }
}
