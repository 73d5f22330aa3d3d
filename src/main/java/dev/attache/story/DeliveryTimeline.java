package dev.attache.story;

import dev.attache.contract.value.DownloadPage;
import dev.attache.download.PageReport;
import dev.attache.download.ResendObstacle;
import dev.attache.ledger.Claims.Acceptance;
import dev.attache.ledger.MailRecords;
import dev.attache.ledger.MailRecords.MailRecord;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.DownloadUse.ItemUse;
import dev.attache.ledger.downloads.DownloadUse.Renewal;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.story.StoryEvent.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Puts what the ledger knows about one delivery in the order of time. */
final class DeliveryTimeline {

    private static final String NO_REPLY = "The reply is unknown: an earlier build sent it";

    private final MailRecords mails;

    DeliveryTimeline(MailRecords mails) {
        this.mails = mails;
    }

    DeliveryStory of(MailRecord mail, PageReport report) {
        IssuedPage page = report.page();
        List<StoryEvent> events = new ArrayList<>();
        events.add(new StoryEvent(
                page.issuedAt(), Kind.ISSUED, terms(page.page()), page.page().expiresAt()));
        mail(mail, "").ifPresent(events::add);
        addReminder(report, events);
        addRenewals(report, events);
        addUse(report, events);
        report.others()
                .forEach(change -> events.addAll(ChangeTimeline.of(change, "Links to this recipient or object")));
        if (report.state() instanceof State.Expired(var since)) {
            events.add(new StoryEvent(since, Kind.EXPIRED, ""));
        }
        events.sort(Comparator.comparing(StoryEvent::at));
        return new DeliveryStory(
                report.key(),
                page.source(),
                page.requestId(),
                page.recipient().address(),
                page.purpose(),
                mail.state(),
                page.issuedAt(),
                state(report.state()),
                files(report),
                report.mails(),
                report.obstacle().map(ResendObstacle::text),
                events);
    }

    private static String terms(DownloadPage page) {
        List<String> terms = new ArrayList<>();
        terms.add(page.items().size() == 1 ? "1 file" : page.items().size() + " files");
        if (page.maxDownloads() != null) {
            terms.add("at most %d downloads of each".formatted(page.maxDownloads()));
        }
        if (page.oneTime()) {
            terms.add("one time");
        }
        if (page.confirmAddress()) {
            terms.add("the address must be confirmed");
        }
        return String.join(", ", terms);
    }

    /**
     * The state of a mail as an event.
     *
     * @param which which mail, such as {@code Reminder}; empty for the first one
     */
    static Optional<StoryEvent> mail(MailRecord mail, String which) {
        String prefix = which.isEmpty() ? "" : which + ": ";
        String takenOver = mail.takeovers() == 0
                ? ""
                : ". Taken over %d times after a worker stopped; the mail may have arrived more than once"
                        .formatted(mail.takeovers());
        return Optional.of(
                switch (mail.state()) {
                    case SENT ->
                        new StoryEvent(
                                mail.sentAt().orElse(mail.changedAt()),
                                Kind.MAILED,
                                prefix + mail.accepted().map(Acceptance::reply).orElse(NO_REPLY) + takenOver);
                    case SENDING ->
                        new StoryEvent(
                                mail.changedAt(),
                                Kind.SENDING,
                                prefix
                                        + "A worker has claimed it. If this does not change, the worker has stopped,"
                                        + " and another one takes the mail over when the lease ends" + takenOver);
                    case FREE ->
                        new StoryEvent(
                                mail.changedAt(),
                                Kind.NOT_SENT,
                                prefix + "The last attempt failed. It is repeated while the message is in its queue"
                                        + takenOver);
                });
    }

    private void addReminder(PageReport report, List<StoryEvent> events) {
        if (report.use().remindedAt() != null) {
            events.add(new StoryEvent(report.use().remindedAt(), Kind.REMINDED, ""));
            follower(report.key(), report.reminderId(), "Reminder").ifPresent(events::add);
        }
    }

    private void addRenewals(PageReport report, List<StoryEvent> events) {
        List<Renewal> renewals = report.use().renewals();
        for (int i = 0; i < renewals.size(); i++) {
            Renewal renewal = renewals.get(i);
            Kind kind = Kind.NEW_LINK;
            if (renewal.byOperator()) {
                kind = Kind.SENT_AGAIN;
            } else if (renewal.confirming()) {
                kind = Kind.CONFIRMING_LINK;
            }
            String waiting = renewal.announced() ? "" : "Its mail is not published yet; a sweep does it within minutes";
            events.add(new StoryEvent(renewal.at(), kind, waiting, renewal.expiresAt()));
            follower(report.key(), report.renewalIds().get(i), "New link").ifPresent(events::add);
        }
    }

    private Optional<StoryEvent> follower(DeliveryKey first, String deliveryId, String which) {
        DeliveryKey key = new DeliveryKey(first.request(), first.recipient(), DeliveryKey.uuid(deliveryId));
        return mails.find(key).flatMap(mail -> mail(mail, which));
    }

    private static void addUse(PageReport report, List<StoryEvent> events) {
        if (report.use().confirmedAt() != null) {
            events.add(new StoryEvent(report.use().confirmedAt(), Kind.CONFIRMED, ""));
        }
        for (int item = 0; item < report.page().page().items().size(); item++) {
            ItemUse use = report.use().item(item);
            String name = name(report.page().page().items().get(item));
            if (use.first() != null) {
                events.add(new StoryEvent(
                        use.first(), Kind.DOWNLOADED, use.count() == 1 ? name : name + ", for the first time"));
            }
            if (use.last() != null && use.count() > 1) {
                events.add(new StoryEvent(
                        use.last(), Kind.DOWNLOADED, "%s, %d times in all".formatted(name, use.count())));
            }
        }
    }

    private static List<DeliveryStory.FileUse> files(PageReport report) {
        List<DownloadPage.Item> items = report.page().page().items();
        return IntStream.range(0, items.size())
                .mapToObj(i -> new DeliveryStory.FileUse(
                        name(items.get(i)),
                        items.get(i).object().bucket(),
                        items.get(i).object().key(),
                        report.use().item(i).count(),
                        report.use().item(i).last()))
                .toList();
    }

    private static String name(DownloadPage.Item item) {
        return item.title() == null ? item.fileName() : item.title();
    }

    private static StoryState state(State state) {
        return switch (state) {
            case State.Open(var until) -> new StoryState(StoryState.Kind.OPEN, until);
            case State.Expired(var since) -> new StoryState(StoryState.Kind.EXPIRED, since);
            case State.Revoked(var at) -> new StoryState(StoryState.Kind.REVOKED, at);
            case State.Exhausted() -> new StoryState(StoryState.Kind.USED_UP, null);
        };
    }
}
