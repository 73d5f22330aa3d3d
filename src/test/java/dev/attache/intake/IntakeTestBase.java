package dev.attache.intake;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import dev.attache.contract.AttachmentUploaded;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.JsonEventCodec;
import dev.attache.contract.LinkIssued;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** What every test of the intake stands on. */
abstract class IntakeTestBase {

    static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    final EventCodec codec = new JsonEventCodec();

    final LedgerInMemory ledger = new LedgerInMemory();

    final BucketInMemory bucket = new BucketInMemory();

    final PaperSigner signer = new PaperSigner(clock);

    final Downloads downloads = new Downloads(bucket, signer, clock);

    final UploadCompletion completion = new UploadCompletion(codec, OnePolicy.SOURCES, bucket, downloads, ledger, clock);

    final MeterRegistry meters = new SimpleMeterRegistry();

    final DueInMemory due = new DueInMemory();

    final CreatedObjects created = new CreatedObjects(codec, ledger, due, completion, meters);

    private final Iterator<String> pageIds = List.of("a".repeat(32), "b".repeat(32), "c".repeat(32), "d".repeat(32)).iterator();

    final Uploads uploads = new Uploads(ledger, signer, pageIds::next, "https://attache.example/u/", clock);

    static List<Message<byte[]>> all(Iterable<Message<byte[]>> messages) {
        List<Message<byte[]>> all = new ArrayList<>();
        messages.forEach(all::add);
        return all;
    }

    static Message<byte[]> message(String body) {
        return new GenericMessage<>(body.getBytes(StandardCharsets.UTF_8));
    }

    static String event(String type, String source, String data) {
        return """
                {"specversion":"1.0","id":"r-1","source":"%s","type":"%s","time":"2026-11-21T09:00:00Z",
                 "subject":"s-1","traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","data":%s}"""
                .formatted(source, type, data);
    }

    CloudEvent<LinkIssued> issued(Message<byte[]> message) {
        return codec.read(message.getPayload(), EventType.LINK_ISSUED);
    }

    CloudEvent<AttachmentUploaded> uploaded(Message<byte[]> message) {
        return codec.read(message.getPayload(), EventType.ATTACHMENT_UPLOADED);
    }
}
