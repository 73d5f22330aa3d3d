package dev.attache.download;

import dev.attache.contract.EventMessages;
import dev.attache.contract.json.ValidatingEventCodec;
import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.DownloadUses;
import dev.attache.ledger.downloads.DueDownloads;
import dev.attache.ledger.downloads.IssuedPages;
import dev.attache.ledger.downloads.LinkChanges;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.ledger.downloads.S3DownloadUses;
import dev.attache.ledger.downloads.S3DueDownloads;
import dev.attache.ledger.downloads.S3LinkChanges;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.ledger.objects.Pause;
import dev.attache.link.LinkSigner;
import dev.attache.storage.ObjectCatalog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** One of several workers that share S3 and the topics. */
final class DownloadWorker {

    final DownloadUses uses;

    final LinkChanges changes;

    final DownloadUsage usage;

    final DownloadRenewals renewals;

    final DownloadResends resends;

    final PageReports reports;

    final DuePages due;

    final LinkChangeHandler handler;

    /**
     * @param seed of the worker's random ids
     * @param background runs what a press leaves for later
     */
    DownloadWorker(
            int seed,
            InMemoryS3 s3,
            IssuedPages pages,
            DeliveryHashes hashes,
            PageTokens tokens,
            DownloadSource source,
            ObjectCatalog catalog,
            LinkSigner signer,
            Publication publication,
            Executor background,
            MeterRegistry meters,
            Clock clock) {
        Pause pause = attempt -> {};
        ConditionalObjects objects = new ConditionalObjects(s3, "attachments", pause);
        uses = new S3DownloadUses(objects, "ledger/", pause);
        changes = new S3LinkChanges(objects, hashes, "ledger/", pause);
        DueDownloads markers = new S3DueDownloads(s3, "attachments", "ledger/");
        DownloadMetrics metrics = new DownloadMetrics(meters);
        EventMessages outgoing = new EventMessages(new ValidatingEventCodec());
        DownloadEvents events = new DownloadEvents(clock);
        PageMails mails = new PageMails(tokens, "https://attache.example/d/", clock);
        PageStatuses statuses = new PageStatuses(pages, uses, changes, source, clock);
        UseAnnouncer announcer = new UseAnnouncer(uses, markers, events, mails, outgoing, publication, background);
        Random random = new Random(seed);
        Supplier<String> ids = () -> HexFormat.of().toHexDigits(random.nextLong());
        ItemObjects items = new ItemObjects(catalog, clock);
        usage = new DownloadUsage(
                statuses, new ItemLinks(items, signer, Duration.ofMinutes(5)), uses, markers, announcer, ids, metrics);
        renewals = new DownloadRenewals(statuses, items, uses, markers, announcer, ids, metrics);
        resends = new DownloadResends(statuses, renewals, items);
        reports = new PageReports(statuses);
        due = new DuePages(markers, statuses, uses, announcer, events, mails, outgoing, publication, metrics);
        handler = new LinkChangeHandler(changes, outgoing, clock);
    }
}
