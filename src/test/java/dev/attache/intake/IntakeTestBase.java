package dev.attache.intake;

import dev.attache.contract.AttachmentUploaded;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.json.ValidatingEventCodec;
import dev.attache.issuing.DownloadIssuer;
import dev.attache.issuing.Issuers;
import dev.attache.link.DownloadLinks;
import dev.attache.source.SenderIds;
import dev.attache.source.SourcePolicies;
import dev.attache.storage.multipart.AbortedMultiparts;
import dev.attache.upload.AbandonedMultiparts;
import dev.attache.upload.DueInMemory;
import dev.attache.upload.FakeSigner;
import dev.attache.upload.LedgerInMemory;
import dev.attache.upload.UploadAnnouncements;
import dev.attache.upload.UploadCompletion;
import dev.attache.upload.UploadMarks;
import dev.attache.upload.UploadOffers;
import dev.attache.upload.UploadOpener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Fixtures of all intake tests. */
public abstract class IntakeTestBase {

    public static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    public final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    public final EventCodec codec = new ValidatingEventCodec();

    public final LedgerInMemory ledger = new LedgerInMemory();

    public final BucketInMemory bucket = new BucketInMemory();

    public final FakeSigner signer = new FakeSigner(clock);

    public final DownloadLinks downloads = new DownloadLinks(bucket, signer, clock);

    public final DownloadIssuer issuer = Issuers.of(downloads, clock);

    public final DueInMemory due = new DueInMemory();

    public final AbortedMultiparts multiparts = new AbortedMultiparts();

    public final UploadCompletion completion =
            new UploadCompletion(codec, bucket, ledger, due, new AbandonedMultiparts(multiparts), clock);

    public final UploadAnnouncements announcements =
            new UploadAnnouncements(codec, new UploadOffers(OnePolicy.SOURCES, bucket, issuer), clock);

    public final MeterRegistry meters = new SimpleMeterRegistry();

    public final ObjectCreatedHandler created =
            new ObjectCreatedHandler(codec, ledger, completion, announcements, new UploadMarks(ledger, due), meters);

    private final Iterator<String> pageIds = List.of("a".repeat(32), "b".repeat(32), "c".repeat(32), "d".repeat(32))
            .iterator();

    public final UploadOpener uploads =
            new UploadOpener(ledger, signer, pageIds::next, "https://attache.example/u/", clock);

    final RequestedLinks links = new RequestedLinks(codec, downloads, issuer, uploads, clock);

    /** Handles the messages of the queue {@code attachment-requests} that request links. */
    EventRouter requests(SourcePolicies sources, SenderIds workers) {
        return requests(sources, workers, links, clock);
    }

    EventRouter requests(SourcePolicies sources, SenderIds workers, RequestedLinks requested, Clock time) {
        AttachmentRequestedHandler handler =
                new AttachmentRequestedHandler(codec, requested, new AudienceSplitter(bucket, codec, time), workers);
        return new EventRouter(
                codec, sources, List.of(new EventRouter.Route<>(EventType.ATTACHMENT_REQUESTED, handler::handle)));
    }

    public static List<Message<byte[]>> all(Iterable<Message<byte[]>> messages) {
        List<Message<byte[]>> all = new ArrayList<>();
        messages.forEach(all::add);
        return all;
    }

    public static Message<byte[]> message(String body) {
        return new GenericMessage<>(body.getBytes(StandardCharsets.UTF_8));
    }

    public static String event(String type, String source, String data) {
        return """
            {"specversion":"1.0","id":"r-1","source":"%s","type":"%s","time":"2026-11-21T09:00:00Z",
             "subject":"s-1","traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","data":%s}\
            """.formatted(source, type, data);
    }

    public CloudEvent<LinkIssued> issued(Message<byte[]> message) {
        return codec.read(message.getPayload(), EventType.LINK_ISSUED);
    }

    public CloudEvent<AttachmentUploaded> uploaded(Message<byte[]> message) {
        return codec.read(message.getPayload(), EventType.ATTACHMENT_UPLOADED);
    }
}
