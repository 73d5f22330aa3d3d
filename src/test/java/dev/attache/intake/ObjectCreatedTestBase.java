package dev.attache.intake;

import dev.attache.contract.value.Recipient;
import dev.attache.ledger.UploadBuilder;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.messaging.Message;

/** An open upload, and notifications of S3 about its file. */
abstract class ObjectCreatedTestBase extends IntakeTestBase {

    static final UUID ID = UUID.fromString("4c1f2f4e-0a55-5a0e-9d5c-0b7a3f1f2e3d");

    static final String KEY = "uploads/crm/" + ID + "/my_file.pdf";

    @BeforeEach
    void openAnUpload() {
        ledger.open(UploadBuilder.upload(ID, NOW, NOW.plusSeconds(3600))
                .subject("s-1")
                .recipient(new Recipient("ana@example.com"))
                .toNotify(List.of(new Recipient("desk@example.com")))
                .files(List.of(UploadBuilder.file("my file.pdf", KEY, "application/pdf", 500)))
                .build());
    }

    static String notification(String key, String eTag, String sequencer) {
        return """
            {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1",
             "eventTime":"2026-11-21T10:00:00.000Z","eventName":"ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0",
             "bucket":{"name":"attache","arn":"arn:aws:s3:::attache"},
             "object":{"key":"%s","size":500,"eTag":"%s","sequencer":"%s"}}}]}\
            """.formatted(key, eTag, sequencer);
    }

    List<Message<byte[]>> arrives(String key, String eTag, String sequencer) {
        return created.apply(message(notification(key, eTag, sequencer)));
    }
}
