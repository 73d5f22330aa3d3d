package dev.attache.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventMessages;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.json.ValidatingEventCodec;
import dev.attache.download.DownloadUsage.Result;
import dev.attache.intake.BucketInMemory;
import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.DueDownloads;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.IssuedPages;
import dev.attache.ledger.downloads.PageToken;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.ledger.downloads.S3DueDownloads;
import dev.attache.ledger.keys.Keys;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.link.SettableClock;
import dev.attache.upload.FakeSigner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.messaging.Message;

/** Two workers on one S3, with pages, files, a clock that stands still, and what the workers publish. */
abstract class DownloadTestBase {

    /** Where the first page of a test leads to. */
    static final String REDIRECT = "https://s3.example/attache/shared/a.pdf?signed=fake&x-attache-delivery="
            + new PageBuilder().build().deliveryId();

    final SettableClock clock = new SettableClock(PageBuilder.ISSUED.plus(Duration.ofHours(1)));

    final InMemoryS3 s3 = new InMemoryS3();

    final Map<DeliveryKey, IssuedPage> pages = new HashMap<>();

    final BucketInMemory bucket = new BucketInMemory()
            .with("shared/a.pdf", 500, "application/pdf", "e")
            .with("shared/b.pdf", 500, "application/pdf", "e");

    final DownloadSource source = new DownloadSource();

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    final DeliveryHashes hashes = new DeliveryHashes(Keys.of(List.of(new Keys.Key("locator", new byte[32]))));

    final PageTokens tokens = new PageTokens(Keys.of(List.of(new Keys.Key("k1", new byte[32]))));

    final EventCodec codec = new ValidatingEventCodec();

    final List<Message<byte[]>> published = new CopyOnWriteArrayList<>();

    boolean topicIsDown;

    /** Runs after each publication. */
    Runnable onPublish = () -> {};

    /** What workers left for later. */
    final Queue<Runnable> background = new ConcurrentLinkedQueue<>();

    boolean backgroundIsBusy;

    final DueDownloads markers = new S3DueDownloads(s3, "attachments", "ledger/");

    final DownloadWorker worker = worker(1);

    final DownloadWorker other = worker(2);

    DownloadWorker worker(int seed) {
        return worker(seed, key -> Optional.ofNullable(pages.get(key)));
    }

    final DownloadWorker worker(int seed, IssuedPages known) {
        return new DownloadWorker(
                seed,
                s3,
                known,
                hashes,
                tokens,
                source,
                bucket,
                new FakeSigner(clock),
                this::publish,
                this::later,
                meters,
                clock);
    }

    private void publish(Message<byte[]> message) {
        if (topicIsDown) {
            throw new IllegalStateException("The topic is down");
        }
        published.add(message);
        onPublish.run();
    }

    private void later(Runnable task) {
        if (backgroundIsBusy) {
            throw new RejectedExecutionException("busy");
        }
        background.add(task);
    }

    /** Issues a page, and returns the token of its mail. */
    PageToken issue(PageBuilder page) {
        IssuedPage issued = page.build();
        DeliveryKey key =
                hashes.key("crm", issued.requestId(), issued.recipient().address(), issued.deliveryId());
        pages.put(key, issued);
        markers.schedule(key, issued);
        return new PageToken(key, 0);
    }

    Result press(PageToken token) {
        return worker.usage.press(token, 0, null);
    }

    /** Runs what the workers left for later. */
    void runBackground() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    /** Lets both workers settle everything that is due, in turns. Both list the index before either settles. */
    void sweep() {
        List<DueDownloads.Due> ofWorker = markers.until(clock.instant(), 100);
        List<DueDownloads.Due> ofOther = markers.until(clock.instant(), 100);
        ofWorker.forEach(worker.due::settle);
        ofOther.forEach(other.due::settle);
    }

    List<String> types() {
        return published.stream()
                .map(message -> String.valueOf(message.getHeaders().get("type")))
                .toList();
    }

    /** The events of this type, each once. */
    <T> List<CloudEvent<T>> events(EventType<T> type) {
        Map<String, CloudEvent<T>> byId = new HashMap<>();
        published.stream()
                .filter(message -> type.name().equals(message.getHeaders().get("type")))
                .map(message -> codec.read(message.getPayload(), type))
                .forEach(event -> byId.put(event.id(), event));
        return List.copyOf(byId.values());
    }

    <T> CloudEvent<T> event(EventType<T> type) {
        List<CloudEvent<T>> events = events(type);
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    /** The token in the link of a mail that was issued. */
    PageToken tokenOf(CloudEvent<LinkIssued> mail) {
        String url = mail.data().links().getFirst().url().reveal();
        assertThat(url).startsWith("https://attache.example/d/");
        return tokens.read(url.substring(url.lastIndexOf('/') + 1)).orElseThrow();
    }

    /** The bindings of all messages of a type. */
    List<String> bindings(EventType<?> type) {
        return published.stream()
                .filter(message -> type.name().equals(message.getHeaders().get("type")))
                .map(EventMessages::binding)
                .toList();
    }
}
