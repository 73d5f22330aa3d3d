package dev.attache.gateway.upload;

import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.UploadTerms;
import dev.attache.gateway.OneSource;
import dev.attache.gateway.PageHeaders;
import dev.attache.gateway.PageOrigins;
import dev.attache.gateway.TestPages;
import dev.attache.gateway.identity.ColorSheets;
import dev.attache.gateway.identity.PageSenders;
import dev.attache.ledger.UploadBuilder;
import dev.attache.storage.ObjectCatalog;
import dev.attache.upload.FakeSigner;
import dev.attache.upload.UploadsOfAPage;
import dev.attache.upload.multipart.MultipartCompletion;
import dev.attache.upload.multipart.MultipartStart;
import dev.attache.upload.multipart.PartLinks;
import dev.attache.upload.multipart.S3InMemory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** The upload page with one upload, one source and a signer without credentials, at a fixed time. */
final class UploadPageFixture {

    static final String PAGE = "0123456789abcdef0123456789abcdef";
    static final UUID ID = UUID.fromString("0f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d");
    static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    static final UploadTerms TERMS =
            new UploadTerms(List.of("application/pdf", "image/*", "text/markdown"), 25_000_000, null, null, null);

    final SingleUploadLedger ledger;

    final RecordingUploadSigner signer = new RecordingUploadSigner();
    final StoredFiles files = new StoredFiles();
    final OneSource source = new OneSource();
    final S3InMemory s3 = new S3InMemory(Clock.fixed(NOW, ZoneOffset.UTC));
    ObjectCatalog catalog = files;

    /** The origin of the storage. */
    String storage = "https://uploads.s3.eu-central-1.amazonaws.com";

    /** The size in bytes above which the page sends files in parts. */
    long multipartThreshold = Long.MAX_VALUE;

    private Instant now = NOW;

    UploadPageFixture(UploadTerms terms) {
        this.ledger = new SingleUploadLedger(UploadBuilder.upload(ID, NOW, NOW.plus(Duration.ofDays(1)))
                .pageId(PAGE)
                .requestId("contract-4711")
                .bucket("files")
                .terms(terms)
                .recipient(new Recipient("ana@example.com", "Ana", "pt-BR", "America/Sao_Paulo"))
                .message(new MessageText("Your <signed> contract", "A scan will do."))
                .build());
    }

    /** Moves the clock forward. */
    void wait(Duration time) {
        now = now.plus(time);
    }

    /** The controllers, with the headers of the page. */
    MockMvc browser() {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        UploadsOfAPage uploads = new UploadsOfAPage(ledger, catalog, clock);
        UploadPageService service =
                new UploadPageService(ledger, uploads.slots, source, signer, clock, Duration.ofMinutes(5));
        UploadPageWriter pages = new UploadPageWriter(
                TestPages.writer(), new PageSenders(source, new ColorSheets(List.of())), terms -> multipartThreshold);
        return MockMvcBuilders.standaloneSetup(
                        new UploadPageController(service, pages, Clock.systemUTC()),
                        new UploadSignController(service, pages, Clock.systemUTC()),
                        new UploadReceiptController(
                                service, uploads.receipts, uploads.ending, pages, Clock.systemUTC()),
                        new MultipartController(service, pages, multiparts(service, uploads, clock), Clock.systemUTC()))
                .addFilters(new PageHeaders(new PageOrigins(List.of(storage), List.of(), List.of())))
                .build();
    }

    private MultipartPageService multiparts(UploadPageService service, UploadsOfAPage uploads, Clock clock) {
        return new MultipartPageService(
                service,
                new MultipartStart(uploads.slots, ledger, s3, source, clock),
                new PartLinks(new FakeSigner(clock), Duration.ofMinutes(5), Duration.ofSeconds(30)),
                new MultipartCompletion(uploads.receipts, ledger, s3));
    }
}
