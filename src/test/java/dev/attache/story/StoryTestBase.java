package dev.attache.story;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import dev.attache.deadletters.DeadLetters;
import dev.attache.deadletters.Snapshot;
import dev.attache.download.ReportsOnPages;
import dev.attache.ledger.ClaimedPages;
import dev.attache.ledger.Claims.Acceptance;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.DownloadUses;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.LinkChanges;
import dev.attache.ledger.downloads.S3DownloadUses;
import dev.attache.ledger.downloads.S3LinkChanges;
import dev.attache.ledger.downloads.S3ObjectIndex;
import dev.attache.ledger.keys.Keys;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.link.SettableClock;
import dev.attache.queues.KnownQueue;
import dev.attache.queues.QueueCatalog;
import dev.attache.source.Configured;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcesProperties;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A ledger on an in-memory S3 with mails, and what operators look up in it. */
abstract class StoryTestBase {

    static final Instant ISSUED = Instant.parse("2026-11-21T11:00:00Z");

    static final Acceptance ACCEPTED = new Acceptance(ISSUED.plusSeconds(5), "250 2.0.0 Ok: queued as 4A3");

    static final String ANA = "ana@example.com";

    final SettableClock clock = new SettableClock(ISSUED.plus(Duration.ofHours(1)));

    final InMemoryS3 s3 = new InMemoryS3();

    final DeliveryHashes hashes = new DeliveryHashes(Keys.of(List.of(new Keys.Key("locator", new byte[32]))));

    final ClaimedPages claims = new ClaimedPages(s3, 1);

    final DownloadUses uses;

    final LinkChanges changes;

    final SourcesProperties sources = sources(Map.of(
            "attache.bucket", "files",
            "attache.sources.crm.prefixes", "downloads/crm/,customers/{subject}/",
            "attache.sources.crm.max-page-expiry", "30d",
            "attache.sources.bank.prefixes", "downloads/bank/",
            "attache.sources.bank.sender-ids", "AROAWORKER"));

    final SourcePolicies policies = Configured.sources(sources);

    final OpenUploads uploads;

    /** Snapshots of dead-letter queues, by queue. */
    final Map<String, Snapshot> snapshots = new HashMap<>();

    final Stories stories;

    final MailSearch search;

    final UploadTimeline timeline;

    StoryTestBase() {
        ConditionalObjects objects = new ConditionalObjects(s3, "attachments", attempt -> {});
        uses = new S3DownloadUses(objects, "ledger/", attempt -> {});
        changes = new S3LinkChanges(objects, hashes, "ledger/", attempt -> {});
        uploads = claims.uploads(changes);
        DeadLetters letters = queue -> Optional.ofNullable(snapshots.get(queue));
        QueueCatalog queues = () -> List.of(new KnownQueue(
                "attachment-requests-dlq",
                "https://sqs.example/attachment-requests-dlq",
                KnownQueue.Kind.DEAD_LETTERS,
                "attachment-requests",
                null,
                Duration.ofDays(14)));
        timeline = new UploadTimeline(uploads, claims.records(), clock);
        stories = new Stories(
                claims.records(),
                ReportsOnPages.of(uses, changes, policies, clock),
                uploads,
                changes,
                hashes,
                new RequestLetters(letters, queues, clock),
                timeline);
        search = new MailSearch(
                claims.records(),
                new UploadScan(s3, uploads, "attachments", "ledger/"),
                stories,
                hashes,
                new S3ObjectIndex(s3, hashes, "attachments", "ledger/"));
    }

    private static SourcesProperties sources(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("attache", SourcesProperties.class)
                .get();
    }

    /** A page with one file that is valid for a week. */
    static IssuedPage page(String requestId, String address) {
        return new IssuedPage(
                "crm",
                null,
                requestId,
                UUID.nameUUIDFromBytes((requestId + address).getBytes(StandardCharsets.UTF_8))
                        .toString(),
                Purpose.DOWNLOAD,
                new Recipient(address),
                null,
                ISSUED,
                new DownloadPage(
                        List.of(new DownloadPage.Item(
                                new ObjectRef("files", "downloads/crm/a.pdf", null),
                                "The report",
                                "a.pdf",
                                500L,
                                "application/pdf")),
                        ISSUED.plus(Duration.ofDays(7)),
                        null,
                        false,
                        false,
                        null,
                        false,
                        null),
                Channel.EMAIL,
                null,
                null);
    }

    DeliveryKey key(IssuedPage page) {
        return hashes.key(page.source(), page.requestId(), page.recipient().address(), page.deliveryId());
    }

    /** Claims the mail of a page, and marks it as sent. */
    DeliveryKey mailed(IssuedPage page) {
        DeliveryKey key = key(page);
        claims.claim(key, page).sent(ACCEPTED);
        return key;
    }

    RequestStory story(String requestId) {
        return stories.of("crm", requestId, Set.of(), Set.of(), Optional.empty());
    }

    static List<StoryEvent.Kind> kinds(List<StoryEvent> events) {
        return events.stream().map(StoryEvent::kind).toList();
    }
}
