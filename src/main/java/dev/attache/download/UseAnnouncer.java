package dev.attache.download;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventMessages;
import dev.attache.ledger.downloads.DownloadAccess;
import dev.attache.ledger.downloads.DownloadUse;
import dev.attache.ledger.downloads.DownloadUse.ItemUse;
import dev.attache.ledger.downloads.DownloadUse.Renewal;
import dev.attache.ledger.downloads.DownloadUses;
import dev.attache.ledger.downloads.DueDownloads;
import dev.attache.ledger.downloads.DueDownloads.Due;
import dev.attache.ledger.downloads.IssuedPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;

/**
 * Publishes the events that follow from a page's use, and records that they were published. What is not recorded is
 * published at the next use, or by a sweep that finds the use's marker in the due index. The events' ids are derived,
 * so that a repeated one can be recognized.
 */
final class UseAnnouncer {

    private static final Logger log = LoggerFactory.getLogger(UseAnnouncer.class);

    private final DownloadUses uses;

    private final DueDownloads due;

    private final DownloadEvents events;

    private final PageMails mails;

    private final EventMessages outgoing;

    private final Publication publication;

    private final Executor background;

    /** @param background may reject a task, which is then left to a sweep */
    UseAnnouncer(
            DownloadUses uses,
            DueDownloads due,
            DownloadEvents events,
            PageMails mails,
            EventMessages outgoing,
            Publication publication,
            Executor background) {
        this.uses = uses;
        this.due = due;
        this.events = events;
        this.mails = mails;
        this.outgoing = outgoing;
        this.publication = publication;
        this.background = background;
    }

    /** Messages that are not known to be published, and how to record that they are. */
    private record Pending(List<Message<byte[]>> messages, UnaryOperator<DownloadUse> published) {}

    /** Whether events follow from the use that are not known to be published. */
    static boolean isPending(IssuedPage page, DownloadUse use, Instant now) {
        for (int item = 0; item < use.items().size(); item++) {
            if (isDownloadPending(use.item(item)) || isExhaustionPending(page, use.item(item), now)) {
                return true;
            }
        }
        return use.renewals().stream().anyMatch(renewal -> !renewal.announced());
    }

    /** Publishes pending events without delaying the caller, and then removes the marker. Never throws. */
    void announceSoon(PageStatus page, Due marker) {
        try {
            background.execute(() -> {
                try {
                    announce(page);
                    due.remove(marker);
                } catch (RuntimeException e) {
                    log.warn(
                            "Events about the use of page {} could not be published yet; a sweep repeats it: {}",
                            page.issued().deliveryId(),
                            e.toString());
                }
            });
        } catch (RejectedExecutionException busy) {
            log.debug(
                    "Events about the use of page {} are left to a sweep",
                    page.issued().deliveryId());
        }
    }

    /** Publishes pending events, and records that. */
    void announce(PageStatus page) {
        List<Pending> pending = pending(page);
        if (pending.isEmpty()) {
            return;
        }
        pending.forEach(it -> it.messages().forEach(publication::publish));
        uses.change(page.key(), use -> {
            DownloadUse changed = use;
            for (Pending it : pending) {
                changed = it.published().apply(changed);
            }
            return changed;
        });
    }

    private List<Pending> pending(PageStatus page) {
        List<Pending> pending = new ArrayList<>();
        for (int item = 0; item < page.use().items().size(); item++) {
            addOfItem(page, item, pending);
        }
        for (int generation = 1; generation <= page.newestGeneration(); generation++) {
            addOfRenewal(page, generation, pending);
        }
        return pending;
    }

    private void addOfItem(PageStatus page, int item, List<Pending> pending) {
        ItemUse use = page.use().item(item);
        if (isDownloadPending(use)) {
            pending.add(new Pending(
                    messages(events.downloaded(page.issued(), item, use)),
                    it -> it.withItem(item, ItemUse::withDownloadAnnounced)));
        }
        if (isExhaustionPending(page.issued(), use, page.now())) {
            pending.add(new Pending(
                    messages(events.exhausted(page.issued(), item, use)),
                    it -> it.withItem(item, ItemUse::withExhaustionAnnounced)));
        }
    }

    private void addOfRenewal(PageStatus page, int generation, List<Pending> pending) {
        Renewal renewal = page.use().renewals().get(generation - 1);
        if (!renewal.announced()) {
            Message<byte[]> mail = outgoing.messageTo(
                    EventMessages.DELIVERIES, mails.renewal(page.key(), page.issued(), generation, renewal));
            pending.add(new Pending(
                    renewal.confirming()
                            ? List.of(mail)
                            : List.of(mail, outgoing.message(events.renewed(page.issued(), generation, renewal))),
                    it -> it.withRenewalAnnounced(generation)));
        }
    }

    private List<Message<byte[]>> messages(CloudEvent<?> event) {
        return List.of(outgoing.message(event));
    }

    private static boolean isDownloadPending(ItemUse use) {
        return use.isUsed() && !use.downloadAnnounced();
    }

    private static boolean isExhaustionPending(IssuedPage page, ItemUse use, Instant now) {
        return use.isUsed() && !use.exhaustionAnnounced() && DownloadAccess.isExhausted(page.page(), use, now);
    }
}
