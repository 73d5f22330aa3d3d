package dev.attache.deadletters;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The letters that a scan found in a dead-letter queue. SQS cannot list the messages of a queue, so letters that came
 * later, or that somebody else had received, are not in it.
 *
 * @param at when the scan ended
 * @param about how many messages SQS reported, visible and in flight
 * @param inFlight how many of them were in flight before the scan, so hidden from it
 * @param complete whether the scan ended because SQS returned no more letters, not because of its limit
 * @param letters those that are deleted first come first
 */
public record Snapshot(
        String queue, Instant at, long about, long inFlight, boolean complete, List<DeadLetter> letters) {

    public Snapshot {
        letters = letters.stream()
                .sorted(Comparator.comparing(DeadLetter::deletedAt).thenComparing(DeadLetter::messageId))
                .toList();
    }

    /** The largest group first. */
    public List<Group> groups() {
        Map<List<String>, List<DeadLetter>> groups = letters.stream()
                .collect(Collectors.groupingBy(letter -> List.of(letter.groupCode(), letter.groupSource())));
        return groups.values().stream()
                .map(this::group)
                .sorted(Comparator.comparingInt(Group::count)
                        .reversed()
                        .thenComparing(Group::code)
                        .thenComparing(Group::source))
                .toList();
    }

    private Group group(List<DeadLetter> members) {
        DeadLetter any = members.getFirst();
        return new Group(
                queue,
                any.groupCode(),
                any.groupSource(),
                members.size(),
                members.stream()
                        .map(DeadLetter::seenAt)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                members.stream()
                        .map(DeadLetter::seenAt)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                any.deletedAt());
    }

    /** This snapshot without letters that are no longer in the queue. */
    Snapshot without(Set<String> messageIds) {
        List<DeadLetter> rest = letters.stream()
                .filter(letter -> !messageIds.contains(letter.messageId()))
                .toList();
        return new Snapshot(
                queue, at, Math.max(rest.size(), about - (letters.size() - rest.size())), inFlight, complete, rest);
    }

    public Optional<DeadLetter> find(String messageId) {
        return letters.stream()
                .filter(letter -> letter.messageId().equals(messageId))
                .findFirst();
    }

    /** @param shown what the reader sees of a text: a search must not find what is masked */
    public List<DeadLetter> search(Search search, UnaryOperator<String> shown) {
        String text = search.text() == null ? "" : search.text().strip().toLowerCase(Locale.ROOT);
        return letters.stream()
                .filter(letter -> search.code() == null || search.code().equals(letter.groupCode()))
                .filter(letter -> search.source() == null || search.source().equals(letter.groupSource()))
                .filter(letter -> text.isEmpty()
                        || texts(letter)
                                .map(shown)
                                .anyMatch(it -> it.toLowerCase(Locale.ROOT).contains(text)))
                .toList();
    }

    private static Stream<String> texts(DeadLetter letter) {
        return Stream.of(
                        Stream.of(letter.messageId(), letter.groupCode(), letter.groupSource(), letter.excerpt()),
                        Stream.ofNullable(letter.reason()),
                        Stream.ofNullable(letter.type()),
                        Stream.ofNullable(letter.eventId()),
                        Stream.ofNullable(letter.requestId()),
                        Stream.ofNullable(letter.announcementId()),
                        letter.attributes().values().stream())
                .flatMap(it -> it);
    }
}
