package dev.attache.download;

import dev.attache.contract.EventMessages;
import dev.attache.download.DownloadMetrics.Settled;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.DownloadUse;
import dev.attache.ledger.downloads.DownloadUses;
import dev.attache.ledger.downloads.DueDownloads;
import dev.attache.ledger.downloads.DueDownloads.Due;
import dev.attache.ledger.downloads.DueDownloads.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles entries of the due index of download pages: publishes a reminder, a report of the expiry, or events about a
 * use that could not be published before.
 *
 * <p>Any number of instances may settle the same entry at the same time, and each may stop at any point: the marker is
 * removed last, and another instance that finds it publishes the same events with the same ids. An entry that fails
 * keeps its marker for a later round. The page is looked up when its entry is due, so that neither a reminder nor a
 * report ignores what was downloaded, revoked or extended before.
 */
final class DuePages {

    private static final Logger log = LoggerFactory.getLogger(DuePages.class);

    private final DueDownloads due;

    private final PageStatuses statuses;

    private final DownloadUses uses;

    private final UseAnnouncer announcer;

    private final DownloadEvents events;

    private final PageMails mails;

    private final EventMessages outgoing;

    private final Publication publication;

    private final DownloadMetrics metrics;

    DuePages(
            DueDownloads due,
            PageStatuses statuses,
            DownloadUses uses,
            UseAnnouncer announcer,
            DownloadEvents events,
            PageMails mails,
            EventMessages outgoing,
            Publication publication,
            DownloadMetrics metrics) {
        this.due = due;
        this.statuses = statuses;
        this.uses = uses;
        this.announcer = announcer;
        this.events = events;
        this.mails = mails;
        this.outgoing = outgoing;
        this.publication = publication;
        this.metrics = metrics;
    }

    /** Returns whether it succeeded. */
    boolean settle(Due entry) {
        try {
            Optional<PageStatus> page = statuses.find(entry.key());
            if (page.isEmpty()) {
                log.warn(
                        "Page {} is due, but the ledger has no claim with it",
                        entry.key().delivery());
            }
            Settled settled = page.map(it -> settle(entry, it)).orElse(Settled.DROPPED);
            due.remove(entry);
            metrics.settled(settled);
            return true;
        } catch (RuntimeException e) {
            log.warn(
                    "Page {} could not be settled in this round: {}",
                    entry.key().delivery(),
                    e.toString());
            metrics.settled(Settled.FAILED);
            return false;
        }
    }

    private Settled settle(Due entry, PageStatus page) {
        return switch (entry.kind()) {
            case EVENTS -> {
                announcer.announce(page);
                yield Settled.ANNOUNCED;
            }
            case REMINDER -> remind(page);
            case EXPIRY -> reportExpiry(page);
        };
    }

    /** A recipient who was sent a new link, or whose page was revoked, exhausted or used, gets no reminder. */
    private Settled remind(PageStatus page) {
        Instant planned = page.issued().page().remindAt();
        Optional<Instant> end = isSettled(page) ? Optional.empty() : statuses.firstEnd(page, 0);
        if (planned == null || end.isEmpty()) {
            return Settled.DROPPED;
        }
        Instant until = end.get();
        // An extended page is reminded as long before its new expiry, or before the first of its files is deleted.
        Duration before = Duration.between(planned, page.issued().page().expiresAt());
        Instant at = until.minus(before);
        if (at.isAfter(page.now())) {
            due.add(new Due(at, Kind.REMINDER, page.key(), ""));
            return Settled.POSTPONED;
        }
        publication.publish(
                outgoing.messageTo(EventMessages.DELIVERIES, mails.reminder(page.key(), page.issued(), 0, until)));
        uses.change(page.key(), use -> use.withReminder(page.now()));
        return Settled.REMINDED;
    }

    private static boolean isSettled(PageStatus page) {
        return page.use().isDownloaded() || page.use().remindedAt() != null || page.newestGeneration() > 0;
    }

    /**
     * Reports the expiry of the last link: a page that was extended or renewed before is reported when that ends. One
     * that is renewed afterwards, or extended and then used, is reported again at its next end. A revocation was
     * reported itself.
     */
    private Settled reportExpiry(PageStatus page) {
        if (page.use().expiryAnnounced()) {
            return Settled.DROPPED;
        }
        return switch (statuses.state(page, page.longestGeneration())) {
            case State.Open(Instant until) -> postponed(page, until);
            case State.Expired(Instant since) -> expired(page, since);
            case State.Exhausted exhausted -> {
                Instant end = page.expiry(page.longestGeneration());
                yield end.isAfter(page.now()) ? postponed(page, end) : expired(page, end);
            }
            case State.Revoked revoked -> Settled.DROPPED;
        };
    }

    private Settled postponed(PageStatus page, Instant until) {
        due.add(new Due(until, Kind.EXPIRY, page.key(), ""));
        return Settled.POSTPONED;
    }

    private Settled expired(PageStatus page, Instant since) {
        publication.publish(outgoing.message(events.expired(page.issued(), page.use(), since)));
        uses.change(page.key(), use -> isReopened(page, use) ? use : use.withExpiryAnnounced());
        return Settled.EXPIRED;
    }

    /** A recipient may have renewed the page since it was looked up: then the end of the new link is not announced. */
    private static boolean isReopened(PageStatus page, DownloadUse use) {
        return use.renewals().size() != page.newestGeneration()
                || use.reopenings() != page.use().reopenings();
    }
}
