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

    /** With every field set, and a page id of its own. */
    static OpenUpload upload(UUID id) {
        return new OpenUpload(
                id,
                PageIds.random(RANDOM),
                "7c1f",
                "crm",
                "contract-4711",
                "00-trace-01",
                "attachments",
                new UploadTerms(List.of("application/pdf"), 1024, 12L, "a.pdf", "ab".repeat(32)),
                new Recipient("ana@example.com", "Ana Lima", "pt-BR", "America/Sao_Paulo"),
                null,
                List.of(new Recipient("bo@example.com")),
                Instant.parse("2026-11-21T09:00:00.123456789Z"),
                Instant.parse("2026-11-22T09:00:00Z"),
                null,
                null);
    }

    static OpenUpload.ChosenFile file(String name) {
        return new OpenUpload.ChosenFile(name, "uploads/crm/1/" + name, "application/pdf", 12);
    }
}
