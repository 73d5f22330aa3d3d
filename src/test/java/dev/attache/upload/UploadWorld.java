package dev.attache.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventMessages;
import dev.attache.contract.json.ValidatingEventCodec;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.UploadTerms;
import dev.attache.intake.ObjectCreatedHandler;
import dev.attache.intake.OnePolicy;
import dev.attache.issuing.Issuers;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.UploadBuilder;
import dev.attache.link.DownloadLinks;
import dev.attache.link.SettableClock;
import dev.attache.storage.StoredObject;
import dev.attache.storage.multipart.AbortedMultiparts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * One upload with everything that acts on it: tabs, the page's service, S3 and its notifications, workers and sweeps.
 * Each step is taken at random, and may fail.
 */
final class UploadWorld {

    static final Duration GRACE = Duration.ofMinutes(10);

    static final Duration LINK_LIFETIME = Duration.ofMinutes(5);

    static final UUID ID = UUID.fromString("4c1f2f4e-0a55-5a0e-9d5c-0b7a3f1f2e3d");

    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

    final Random random;
    final Faults faults;
    final SettableClock clock = new SettableClock(START);
    final EventCodec codec = new ValidatingEventCodec();
    final FaultyDue due;
    final FaultyLedger ledger;
    final ConditionalStore store;
    final UploadReceipts receipts;
    final UploadSlots slots;
    final UploadEnding ending;
    final List<Message<byte[]>> published = new ArrayList<>();
    final List<StoredObject> notifications = new ArrayList<>();
    private final List<Runnable> background = new ArrayList<>();
    private final ObjectCreatedHandler handler;
    private final UploadSweeper sweeper;

    /** @param others what somebody else does while a record is changed */
    UploadWorld(long seed, @Nullable Integer maxFiles, Runnable others) {
        this.random = new Random(seed);
        this.faults = new Faults(random);
        this.due = new FaultyDue(faults);
        this.ledger = new FaultyLedger(faults, others);
        this.store = new ConditionalStore(faults, clock);
        DownloadLinks downloads = new DownloadLinks(store, new FakeSigner(clock), clock);
        UploadAnnouncements announcements = new UploadAnnouncements(
                codec, new UploadOffers(OnePolicy.SOURCES, store, Issuers.of(downloads, clock)), clock);
        UploadMarks marks = new UploadMarks(ledger, due);
        UploadCompletion completion = new UploadCompletion(
                codec, store, ledger, due, new AbandonedMultiparts(new AbortedMultiparts()), clock);
        UploadEndAnnouncer announcer = new UploadEndAnnouncer(announcements, marks, this::publish, background::add);
        this.receipts = new UploadReceipts(store, ledger, due, announcer, clock);
        this.slots = new UploadSlots(ledger, receipts, clock);
        this.ending = new UploadEnding(ledger, due, receipts, announcer, clock);
        this.handler =
                new ObjectCreatedHandler(codec, ledger, completion, announcements, marks, new SimpleMeterRegistry());
        this.sweeper = new UploadSweeper(
                due,
                ledger,
                (bucket, prefix) -> List.copyOf(store.objects.keySet()),
                completion,
                announcements,
                codec,
                this::publish,
                GRACE,
                100,
                clock);
        OpenUpload upload = UploadBuilder.upload(ID, START, START.plus(Duration.ofHours(1)))
                .terms(new UploadTerms(List.of("application/pdf"), 1000, null, null, null, maxFiles))
                .recipient(new Recipient("ana@example.com"))
                .toNotify(List.of(new Recipient("desk@example.com")))
                .build();
        ledger.open(upload);
        due.add(ID, upload.expiresAt());
    }

    private void publish(String binding, Message<byte[]> message) {
        faults.mayFail(() -> published.add(message));
    }

    OpenUpload upload() {
        return ledger.record(ID);
    }

    boolean isOpen() {
        return clock.instant().isBefore(upload().expiresAt());
    }

    /** A worker receives a notification. SQS delivers it again if that fails, and sometimes if it does not. */
    void deliverNotification() {
        if (notifications.isEmpty()) {
            return;
        }
        StoredObject object = notifications.get(random.nextInt(notifications.size()));
        List<Runnable> actions = new ArrayList<>();
        Consumer<Runnable> header = actions::add;
        handler.apply(new GenericMessage<>(
                        notification(object).getBytes(StandardCharsets.UTF_8), Map.of("sqs_afterPublishing", header)))
                .forEach(message -> publish(EventMessages.binding(message), message));
        actions.forEach(Runnable::run);
        if (random.nextInt(4) > 0) {
            notifications.remove(object);
        }
    }

    private static String notification(StoredObject object) {
        return """
            {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1",
             "eventTime":"2026-11-21T10:00:00.000Z","eventName":"ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0",
             "bucket":{"name":"attache","arn":"arn:aws:s3:::attache"},
             "object":{"key":"%s","size":%d,"eTag":"%s","sequencer":"0A"}}}]}\
            """.formatted(object.object().key(), object.contentLength(), object.eTag());
    }

    /** The page's process publishes what it has to, or stops before that. */
    void runBackground() {
        if (!background.isEmpty()) {
            Runnable task = background.remove(random.nextInt(background.size()));
            if (random.nextInt(4) > 0) {
                task.run();
            }
        }
    }

    void sweep() {
        sweeper.sweep(() -> false);
    }

    /** Nobody does anything any more, and no call fails. */
    void settle() {
        faults.failing = 0;
        background.clear();
        for (int round = 0; round < 10 && !due.markers.isEmpty(); round++) {
            clock.set(later(clock.instant(), upload().expiresAt()).plus(GRACE.plusMinutes(2)));
            sweep();
        }
        assertThat(due.markers).isEmpty();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
