package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class OpenUploadHidesItsPageTests {

    @Test
    void textDoesNotContainThePageId() {
        UUID id = UUID.fromString("0f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d");
        OpenUpload upload = Uploads.upload(id);

        assertThat(upload.toString()).contains(id.toString(), "source=crm").doesNotContain(upload.pageId());
    }
}
