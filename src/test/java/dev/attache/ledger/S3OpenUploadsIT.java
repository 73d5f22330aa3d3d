package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.keys.Keys;
import dev.attache.ledger.keys.KeysProperties;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.Pause;
import dev.attache.link.signing.EmbeddedS3;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The ledger on a real S3 protocol. S3Proxy's {@code If-Match} is not atomic, so nothing races here. */
class S3OpenUploadsIT {

    @Test
    void uploadIsRecordedFoundAndChanged() throws Exception {
        try (EmbeddedS3 s3 = new EmbeddedS3()) {
            Pause none = attempt -> {};
            ConditionalObjects objects = new ConditionalObjects(s3.client(), EmbeddedS3.BUCKET, none);
            Keys keys = new KeysProperties(List.of(), "attache-keys/").keys(objects, "ledger/", none);
            S3OpenUploads uploads = new S3OpenUploads(
                    objects, new S3DueUploads(s3.client(), EmbeddedS3.BUCKET, "ledger/"), keys, "ledger/", none);
            OpenUpload upload = Uploads.upload(UUID.randomUUID());

            assertThat(uploads.find(upload.id())).isEmpty();
            assertThat(uploads.open(upload)).isEqualTo(upload);
            assertThat(uploads.open(Uploads.upload(upload.id()))).isEqualTo(upload);
            OpenUpload changed = uploads.change(upload.id(), it -> it.withFile(Uploads.file("a.pdf")));

            assertThat(uploads.findByPage(upload.pageId())).contains(changed);
            String key = "ledger/uploads/" + upload.id() + ".json";
            assertThat(objects.putIfMatch(key, new byte[1], "text/plain", "\"stale\""))
                    .isEmpty();
            assertThat(objects.putIfMatch("ledger/nothing", new byte[1], "text/plain", "\"stale\""))
                    .isEmpty();
            assertThat(objects.putIfAbsent(key, new byte[1], "text/plain")).isEmpty();
        }
    }
}
