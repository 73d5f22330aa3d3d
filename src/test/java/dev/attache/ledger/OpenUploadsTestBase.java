package dev.attache.ledger;

import dev.attache.ledger.keys.Keys;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.ledger.objects.Pause;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** An {@link S3OpenUploads} on an in-memory S3. */
abstract class OpenUploadsTestBase {

    static final UUID ID = UUID.fromString("6d1f3a0e-8f0c-5b53-9c8e-2c8f6a3d41b7");

    static final Keys.Key KEY = new Keys.Key("now", new byte[32]);

    static final Keys KEYS = Keys.of(List.of(KEY));

    final InMemoryS3 s3 = new InMemoryS3();

    final AtomicInteger pauses = new AtomicInteger();

    final Pause pause = attempt -> pauses.incrementAndGet();

    final S3DueUploads due = new S3DueUploads(s3, "attachments", "ledger/");

    final S3OpenUploads uploads =
            new S3OpenUploads(new ConditionalObjects(s3, "attachments", pause), due, KEYS, "ledger/", pause);

    final OpenUpload upload = Uploads.upload(ID);

    String page(Keys.Key key) {
        return "ledger/pages/"
                + HexFormat.of().formatHex(key.hmac("page", upload.pageId().getBytes(StandardCharsets.US_ASCII)));
    }

    S3OpenUploads withKeys(Keys.Key... keys) {
        return new S3OpenUploads(
                new ConditionalObjects(s3, "attachments", pause), due, Keys.of(List.of(keys)), "ledger/", pause);
    }
}
