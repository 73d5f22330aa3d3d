package dev.attache.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.value.Recipient;
import dev.attache.ledger.DueUploads;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.UploadBuilder;
import dev.attache.ledger.UploadFolders;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import dev.attache.sandbox.Upstream;
import dev.attache.sandbox.Upstream.ReadMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import software.amazon.awssdk.core.sync.RequestBody;

/** Uploads that expired an hour ago, on real queues and topics. */
@SandboxTest
@Tag("conditional-writes")
class UploadSweeperIT {

    @Autowired
    SweepConfiguration configuration;

    @Autowired
    OpenUploads ledger;

    @Autowired
    DueUploads due;

    @Autowired
    UploadFolders folders;

    @Autowired
    UploadCompletion completion;

    @Autowired
    UploadAnnouncements announcements;

    @Autowired
    EventCodec codec;

    @Autowired
    Publication publication;

    @Autowired
    UploadsProperties properties;

    @Autowired
    Clock clock;

    @Autowired
    Upstream upstream;

    @Autowired
    Surroundings surroundings;

    private final UUID id = UUID.randomUUID();

    private final String requestId = "r-" + id;

    private final String key = "uploads/crm/" + id + "/f.pdf";

    private final Instant expiresAt = Instant.now().minus(1, ChronoUnit.HOURS);

    private void open(Recipient... toNotify) {
        ledger.open(UploadBuilder.upload(id, expiresAt.minusSeconds(60), expiresAt)
                .pageId(id.toString().replace("-", ""))
                .requestId(requestId)
                .bucket(surroundings.bucket())
                .toNotify(List.of(toNotify))
                .build());
    }

    private UploadSweeper instance() {
        return configuration.uploadSweeper(
                due,
                ledger,
                folders,
                completion,
                announcements,
                codec,
                publication,
                clock,
                properties,
                Duration.ofMinutes(5));
    }

    private boolean isDue() {
        return due.until(Instant.now(), Integer.MAX_VALUE).stream()
                .anyMatch(marker -> marker.id().equals(id));
    }

    private List<ReadMessage> events(String type) {
        return upstream.messages("attachment-events-inbox").stream()
                .filter(event -> type.equals(event.attributes().get("type"))
                        && event.body().contains(requestId))
                .toList();
    }

    private String idOf(ReadMessage event) {
        return codec.originOf(event.body().getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .id();
    }

    @Test
    void concurrentSweepsPublishExpiryWithOneId() throws Exception {
        open();
        assertThat(isDue()).isTrue();

        List<Callable<Boolean>> instances = List.of(
                () -> instance().sweep(() -> false),
                () -> instance().sweep(() -> false),
                () -> instance().sweep(() -> false));
        try (ExecutorService threads = Executors.newFixedThreadPool(instances.size())) {
            for (var done : threads.invokeAll(instances)) {
                done.get();
            }
        }
        assertThat(isDue()).isFalse();
        instance().sweep(() -> false);

        ReadMessage first =
                upstream.await("attachment-events-inbox", event -> event.body().contains(requestId));
        var expired = codec.read(first.body().getBytes(StandardCharsets.UTF_8), EventType.UPLOAD_EXPIRED);
        assertThat(first.attributes()).containsEntry("type", "upload.expired").containsEntry("source", "crm");
        assertThat(expired.data().requestId()).isEqualTo(requestId);
        assertThat(expired.data().expiredAt()).isEqualTo(expiresAt);
        assertThat(events("upload.expired")).extracting(this::idOf).containsOnly(expired.id());
    }

    @Test
    @Tag("notifications")
    void concurrentSweepsAnnounceAFileWithOneId() {
        // Its notification arrives before the record is written, and is retried during the sweeps.
        surroundings
                .clients()
                .s3()
                .putObject(
                        request ->
                                request.bucket(surroundings.bucket()).key(key).contentType("application/pdf"),
                        RequestBody.fromString("%PDF"));
        open(new Recipient("desk-" + id + "@example.com"));

        instance().sweep(() -> false);

        assertThat(isDue()).isFalse();
        upstream.await("attachment-events-inbox", event -> event.body().contains(requestId));
        upstream.awaitContaining("deliveries-inbox", requestId);
        upstream.awaitDrained("objects-created");
        List<ReadMessage> uploaded = events("attachment.uploaded");
        assertThat(uploaded).isNotEmpty().extracting(this::idOf).containsOnly(idOf(uploaded.getFirst()));
        assertThat(events("upload.expired")).isEmpty();
        assertThat(UploadBuilder.arrival(ledger.find(id).orElseThrow()))
                .isNotNull()
                .satisfies(arrival -> assertThat(arrival.key()).isEqualTo(key));
    }
}
