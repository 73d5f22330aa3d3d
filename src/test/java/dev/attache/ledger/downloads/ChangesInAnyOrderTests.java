package dev.attache.ledger.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.ObjectRef;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.LinkChanges.Target;
import dev.attache.ledger.keys.Keys;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Revocations and extensions that are received in any order, and twice, have the effect that the list of all of them
 * has.
 */
class ChangesInAnyOrderTests {

    private static final Instant START = PageBuilder.ISSUED;

    private static final ObjectRef VERSION =
            new PageBuilder().page().items().getFirst().object();

    private static final List<Target> TARGETS = List.of(
            new Target.OfRequest("crm", "request-1"),
            new Target.OfRecipient("crm", "ana@example.com"),
            new Target.OfObject("crm", new ObjectRef(VERSION.bucket(), VERSION.key(), null)),
            new Target.OfObject("crm", VERSION));

    /**
     * An event.
     *
     * @param until null for a revocation
     */
    private record Change(Target target, @Nullable Instant until, Instant at, String id) {

        boolean concerns(Instant issuedAt) {
            return target instanceof Target.OfRequest || issuedAt.isBefore(at);
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void orderAndRepetitionChangeNothing(int seed) {
        Random random = new Random(seed);
        List<Change> events = events(random);
        List<Change> received = new ArrayList<>(events);
        received.addAll(events);
        Collections.shuffle(received, random);

        LinkChanges changes = changes();
        received.forEach(event -> apply(event, changes));

        for (int i = 0; i < 20; i++) {
            Instant issuedAt = START.plus(days(random.nextInt(12)));
            Instant now = START.plus(days(random.nextInt(30))).plusSeconds(random.nextInt(2));
            Duration longest = days(1 + random.nextInt(12));
            IssuedPage page = issued(issuedAt);
            State expected = naive(events, page, now, longest);
            assertThat(state(changes, page, now, longest))
                    .as("issued %s, now %s", issuedAt, now)
                    .isEqualTo(expected);
        }
    }

    /** Times are whole days, so that many of them are equal. */
    private static List<Change> events(Random random) {
        List<Change> events = new ArrayList<>();
        int count = 1 + random.nextInt(10);
        for (int i = 0; i < count; i++) {
            Target target = TARGETS.get(random.nextInt(TARGETS.size()));
            Instant at = START.plus(days(random.nextInt(12)));
            boolean revokes = random.nextInt(12) == 0;
            events.add(new Change(target, revokes ? null : at.plus(days(1 + random.nextInt(15))), at, "e-" + i));
        }
        return events;
    }

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }

    private static IssuedPage issued(Instant issuedAt) {
        return new PageBuilder()
                .issuedAt(issuedAt)
                .expiresAt(issuedAt.plus(days(2)))
                .issued();
    }

    private static LinkChanges changes() {
        return new S3LinkChanges(
                new ConditionalObjects(new InMemoryS3(), "attachments", attempt -> {}),
                new DeliveryHashes(Keys.of(List.of(new Keys.Key("k", new byte[32])))),
                "ledger/",
                attempt -> {});
    }

    private static void apply(Change event, LinkChanges changes) {
        if (event.until() == null) {
            changes.revoke(event.target(), event.at(), event.id());
        } else {
            changes.extend(event.target(), event.until(), event.at(), event.id());
        }
    }

    private static State state(LinkChanges changes, IssuedPage page, Instant now, Duration longest) {
        return DownloadAccess.itemState(
                page,
                0,
                0,
                DownloadUse.NONE,
                changes.ofRequest("crm", "request-1"),
                changes.ofRecipient("crm", "ana@example.com"),
                changes.ofObject("crm", VERSION),
                now,
                longest);
    }

    /** Evaluates all events one by one. */
    private static State naive(List<Change> events, IssuedPage page, Instant now, Duration longest) {
        Instant expiry = page.page().expiresAt();
        Instant revokedAt = null;
        for (Change event : events) {
            if (!event.concerns(page.issuedAt())) {
                continue;
            }
            if (event.until() == null) {
                revokedAt = revokedAt == null || revokedAt.isBefore(event.at()) ? event.at() : revokedAt;
                continue;
            }
            Instant limit = event.at().plus(longest);
            Instant extended = event.until().isBefore(limit) ? event.until() : limit;
            expiry = extended.isAfter(expiry) ? extended : expiry;
        }
        if (revokedAt != null) {
            return new State.Revoked(revokedAt);
        }
        return now.isBefore(expiry) ? new State.Open(expiry) : new State.Expired(expiry);
    }
}
