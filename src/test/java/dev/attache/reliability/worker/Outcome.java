package dev.attache.reliability.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.sandbox.ReceivedMail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The results of events: mails, published events and dead letters.
 *
 * @param events the events that were sent
 * @param mails by address, earliest first
 * @param unfinished queues that still have messages
 * @param dead dead letters: queue and reason
 */
public record Outcome(
        List<SentEvent> events,
        Map<String, Set<String>> links,
        Map<String, Set<String>> arrivals,
        Map<String, Set<String>> otherEvents,
        Map<String, List<ReceivedMail>> mails,
        List<String> unfinished,
        List<String> dead) {

    /** A mail that arrived again, with the same {@code Message-ID}. */
    public record Duplicate(String messageId, Instant first, Instant second) {}

    /** Waits until all messages are finished, but no longer than this, and returns the results. */
    public static Outcome of(List<SentEvent> events, DedicatedAws aws, SubscribedPrograms programs, Duration atMost) {
        try {
            Awaitility.await()
                    .atMost(atMost)
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> programs.heardAllOf(events) && aws.unfinished().isEmpty());
        } catch (ConditionTimeoutException late) {
            // The assertions on the outcome say what is missing.
        }
        var ids = events.stream().map(SentEvent::id).collect(Collectors.toSet());
        var people =
                events.stream().flatMap(event -> event.recipients().stream()).collect(Collectors.toSet());
        var mails = aws.surroundings().mail().mails().stream()
                .sorted(Comparator.comparing(ReceivedMail::uid))
                .filter(mail -> people.contains(mail.to().getFirst()))
                .collect(Collectors.groupingBy(mail -> mail.to().getFirst(), TreeMap::new, Collectors.toList()));
        return new Outcome(
                events,
                only(ids, programs.links()),
                only(ids, programs.arrivals()),
                programs.others(),
                mails,
                aws.unfinished(),
                aws.deadLetters());
    }

    private static Map<String, Set<String>> only(Set<String> ids, Map<String, Set<String>> all) {
        all.keySet().retainAll(ids);
        return all;
    }

    /**
     * Every event has its links, every recipient one mail by {@code Message-ID}, every upload its one event; no dead
     * letters.
     *
     * @param beside the types of other events that may have been published
     */
    public void requireNothingLost(String... beside) {
        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(unfinished).as("queues that are not empty").isEmpty();
            softly.assertThat(dead).as("dead letters").isEmpty();
            softly.assertThat(otherEvents.keySet()).as("other events").isSubsetOf(beside);
            softly.assertThat(numbers(links))
                    .as("different link.issued by request")
                    .isEqualTo(expected(event -> true, SentEvent::links));
            softly.assertThat(numbers(arrivals))
                    .as("different attachment.uploaded by request")
                    .isEqualTo(expected(SentEvent::isUpload, event -> 1));
            softly.assertThat(messageIdsByPerson())
                    .as("different Message-IDs by recipient")
                    .isEqualTo(events.stream()
                            .flatMap(event -> event.recipients().stream())
                            .collect(Collectors.toMap(Function.identity(), person -> 1)));
        });
    }

    /** No mail arrived twice. */
    public void requireNothingTwice() {
        assertThat(duplicates()).as("mails that arrived more than once").isEmpty();
    }

    public List<Duplicate> duplicates() {
        List<Duplicate> duplicates = new ArrayList<>();
        mails.values().forEach(toOne -> {
            var last = new TreeMap<String, ReceivedMail>();
            for (var mail : toOne) {
                var before = last.put(messageId(mail), mail);
                if (before != null) {
                    duplicates.add(new Duplicate(messageId(mail), before.receivedAt(), mail.receivedAt()));
                }
            }
        });
        return duplicates;
    }

    /** The number of different {@code link.issued}. */
    public int linksIssued() {
        return links.values().stream().mapToInt(Set::size).sum();
    }

    public int mailsReceived() {
        return mails.values().stream().mapToInt(List::size).sum();
    }

    public int people() {
        return events.stream().mapToInt(event -> event.recipients().size()).sum();
    }

    private Map<String, Integer> expected(Predicate<SentEvent> which, Function<SentEvent, Integer> number) {
        return events.stream().filter(which).collect(Collectors.toMap(SentEvent::id, number));
    }

    private Map<String, Integer> messageIdsByPerson() {
        var numbers = new TreeMap<String, Integer>();
        mails.forEach((person, toOne) -> numbers.put(
                person,
                toOne.stream()
                        .map(Outcome::messageId)
                        .collect(Collectors.toCollection(TreeSet::new))
                        .size()));
        return numbers;
    }

    private static Map<String, Integer> numbers(Map<String, Set<String>> sets) {
        return sets.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().size()));
    }

    private static String messageId(ReceivedMail mail) {
        return mail.header("Message-ID");
    }
}
