package dev.attache.download;

import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.DownloadUse.Renewal;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.source.SourcePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Sends the mail of a download page again, because an operator asks for it: a mail with a link of the next generation
 * to the recipient of the first one. It is a renewal, but does not count as one of those that the source allows its
 * recipients. A link of an open page lives as long as the page; that of an expired one as long as a renewal.
 */
public final class DownloadResends {

    private final PageStatuses statuses;

    private final DownloadRenewals renewals;

    private final ItemObjects objects;

    DownloadResends(PageStatuses statuses, DownloadRenewals renewals, ItemObjects objects) {
        this.statuses = statuses;
        this.renewals = renewals;
        this.objects = objects;
    }

    /** What became of it. */
    public sealed interface Result {

        /** The mail was issued. Its link expires at this time. */
        record Sent(Instant until) implements Result {}

        record Refused(ResendObstacle obstacle) implements Result {}
    }

    /**
     * Sends a mail with a new link.
     *
     * @param mails the number of mails with a new link that the operator has seen. If there are more, nothing is sent,
     *     so that a form that is sent twice sends one mail
     * @throws RuntimeException of the ledger and of S3; nothing was sent
     */
    public Result resend(DeliveryKey key, int mails) {
        PageStatus page = statuses.find(key).orElse(null);
        if (page == null) {
            return new Result.Refused(ResendObstacle.UNKNOWN);
        }
        Optional<ResendObstacle> obstacle =
                page.newestGeneration() == mails ? obstacle(statuses, page) : Optional.of(ResendObstacle.CHANGED);
        SourcePolicy policy = page.policy().orElse(null);
        if (obstacle.isPresent() || policy == null) {
            return new Result.Refused(obstacle.orElse(ResendObstacle.SOURCE_REMOVED));
        }
        Optional<Instant> until = until(page, policy);
        if (until.isEmpty()) {
            return new Result.Refused(ResendObstacle.NO_FILE);
        }
        return renewals.record(page, Renewal.byOperator(page.now(), until.get()))
                ? new Result.Sent(until.get())
                : new Result.Refused(ResendObstacle.CHANGED);
    }

    private Optional<Instant> until(PageStatus page, SourcePolicy policy) {
        return switch (statuses.state(page, page.longestGeneration())) {
            case State.Open(Instant until) -> hasFile(page, policy) ? Optional.of(until) : Optional.empty();
            case State.Expired expired ->
                renewals.lifetime(page, policy).map(lifetime -> page.now().plus(lifetime));
            case State.Revoked revoked -> Optional.empty();
            case State.Exhausted exhausted -> Optional.empty();
        };
    }

    private boolean hasFile(PageStatus page, SourcePolicy policy) {
        Duration minimum = policy.minimumLifetime();
        return IntStream.range(0, page.items())
                .filter(item -> statuses.itemState(page, page.longestGeneration(), item) instanceof State.Open)
                .anyMatch(item -> objects.find(page.issued(), policy, item, stored -> minimum, minimum)
                        instanceof ItemObjects.Found.Available);
    }

    /** Why the mail cannot be sent again, as far as the ledger knows. Files are not looked at. */
    static Optional<ResendObstacle> obstacle(PageStatuses statuses, PageStatus page) {
        SourcePolicy policy = page.policy().orElse(null);
        if (policy == null) {
            return Optional.of(ResendObstacle.SOURCE_REMOVED);
        }
        if (page.newestGeneration() >= PageTokens.LAST_GENERATION) {
            return Optional.of(ResendObstacle.TOO_MANY);
        }
        Instant earliest = page.now().plus(policy.minimumLifetime());
        return switch (statuses.state(page, page.longestGeneration())) {
            case State.Open(Instant until) when until.isBefore(earliest) -> Optional.of(ResendObstacle.EXPIRES_NOW);
            case State.Open open -> Optional.empty();
            case State.Expired expired when earliest.isAfter(page.lastEnd()) -> Optional.of(ResendObstacle.TOO_OLD);
            case State.Expired expired -> Optional.empty();
            case State.Revoked revoked -> Optional.of(ResendObstacle.REVOKED);
            case State.Exhausted exhausted -> Optional.of(ResendObstacle.EXHAUSTED);
        };
    }
}
