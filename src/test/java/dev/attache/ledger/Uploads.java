package dev.attache.ledger;

import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.UploadTerms;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Open uploads for tests. */
final class Uploads {

    private static final Random RANDOM = new Random(5);

    private Uploads() {}

    /** An upload with every field set, and with a new page id. */
    static OpenUpload upload(UUID id) {
        return UploadBuilder.upload(
                        id, Instant.parse("2026-11-21T09:00:00.123456789Z"), Instant.parse("2026-11-22T09:00:00Z"))
                .pageId(PageIds.random(RANDOM))
                .requestId("7c1f")
                .subject("contract-4711")
                .traceparent("00-trace-01")
                .bucket("attachments")
                .terms(new UploadTerms(List.of("application/pdf"), 1024, 12L, "a.pdf", "ab".repeat(32)))
                .recipient(new Recipient("ana@example.com", "Ana Lima", "pt-BR", "America/Sao_Paulo"))
                .toNotify(List.of(new Recipient("bo@example.com")))
                .build();
    }

    static UploadFile file(String name) {
        return UploadBuilder.file(name, "uploads/crm/1/" + name, "application/pdf", 12);
    }
}
