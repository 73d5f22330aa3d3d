package dev.attache.upload.multipart;

import dev.attache.contract.value.UploadTerms;
import dev.attache.intake.OnePolicy;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.UploadBuilder;
import dev.attache.ledger.UploadFile;
import dev.attache.link.SettableClock;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.multipart.MultipartObjects;
import dev.attache.upload.FakeSigner;
import dev.attache.upload.LedgerInMemory;
import dev.attache.upload.UploadsOfAPage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An upload of one PDF, and a bucket. */
abstract class MultipartTestBase {

    static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    static final UUID ID = UUID.fromString("0f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d");

    static final String KEY = "uploads/crm/" + ID + "/1";

    final SettableClock clock = new SettableClock(NOW);

    final S3InMemory s3 = new S3InMemory(clock);

    final LedgerInMemory ledger = new LedgerInMemory();

    final Tab.Worker worker = worker(ledger, s3, s3);

    /** A worker with parts of {@link Tab#PART} bytes. */
    final Tab.Worker worker(OpenUploads uploads, MultipartObjects objects, ObjectCatalog catalog) {
        UploadsOfAPage page = new UploadsOfAPage(uploads, catalog, clock);
        return new Tab.Worker(
                () -> uploads.find(ID).orElseThrow(),
                new MultipartStart(
                        page.slots, uploads, objects, OnePolicy.SOURCES, size -> new PartPlan(size, Tab.PART), clock),
                new PartLinks(new FakeSigner(clock), Duration.ofMinutes(5), Duration.ofSeconds(30)),
                new MultipartCompletion(page.receipts, uploads, objects),
                s3);
    }

    void open(UploadTerms terms) {
        ledger.open(UploadBuilder.upload(ID, NOW, NOW.plus(Duration.ofDays(1)))
                .terms(terms)
                .build());
    }

    void openForOneFile() {
        open(new UploadTerms(List.of("application/pdf"), 1000, null, null, null));
    }

    Tab tab(String id, String content) {
        return tab(id, content, 1);
    }

    Tab tab(String id, String content, long lastModified) {
        return new Tab(worker, id, content.getBytes(StandardCharsets.UTF_8), lastModified);
    }

    OpenUpload recorded() {
        return ledger.find(ID).orElseThrow();
    }

    UploadFile file(int number) {
        return recorded().file(number).orElseThrow();
    }

    String object(String key) {
        return new String(s3.objects.get(key).bytes(), StandardCharsets.UTF_8);
    }
}
