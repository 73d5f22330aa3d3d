package dev.attache.intake;

import dev.attache.contract.AttachmentRequested;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.ContentDigest;
import dev.attache.contract.EventCause;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventMessages;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Addresses;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.UploadTerms;
import dev.attache.issuing.DownloadIssuer;
import dev.attache.issuing.DownloadOffer;
import dev.attache.issuing.DownloadTerms;
import dev.attache.issuing.IssuedDownloads;
import dev.attache.link.DownloadFile;
import dev.attache.link.DownloadLinks;
import dev.attache.source.SourcePolicy;
import dev.attache.upload.UploadOpener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

/**
 * Creates {@code link.issued} for each recipient of a request, or of a part of a large audience. The messages are
 * created while they are published, because all messages of a request with a long text and many recipients would need
 * many times its memory.
 */
final class RequestedLinks {

    /** The most uploads of one request that are opened concurrently. Each needs three writes to the ledger. */
    private static final int UPLOADS_AT_ONCE = 16;

    /** The number of messages that are created before the first of them is published: a full batch. */
    private static final int AHEAD = 10;

    private final DownloadLinks downloads;

    private final DownloadIssuer issuer;

    private final UploadOpener uploads;

    private final EventMessages outgoing;

    private final Clock clock;

    RequestedLinks(
            EventCodec codec, DownloadLinks downloads, DownloadIssuer issuer, UploadOpener uploads, Clock clock) {
        this.downloads = downloads;
        this.issuer = issuer;
        this.uploads = uploads;
        this.outgoing = new EventMessages(codec);
        this.clock = clock;
    }

    /** Returns the messages for a request without a recipient list. They can be iterated once. */
    Iterable<Message<byte[]>> issue(CloudEvent<AttachmentRequested> event, SourcePolicy policy) {
        String digest = ContentDigest.of(event.data());
        return switch (event.data().direction()) {
            case DOWNLOAD ->
                event.data().channel() == Channel.EVENT
                        ? List.of(outgoing.message(signed(event, digest, policy)))
                        : mailed(event, digest, policy);
            case UPLOAD -> upload(event, digest, policy);
        };
    }

    /** A signed link for a program. */
    private CloudEvent<LinkIssued> signed(CloudEvent<AttachmentRequested> event, String digest, SourcePolicy policy) {
        Duration lifetime = policy.lifetime(event.data().expiresIn());
        Link link = downloads.link(policy, file(event, policy), null, lifetime);
        return issued(event, digest, null, List.of(link), null, null);
    }

    private Iterable<Message<byte[]>> mailed(
            CloudEvent<AttachmentRequested> event, String digest, SourcePolicy policy) {
        DownloadOffer offer = offer(event, policy);
        return once(inWindows(Addresses.eachOnce(event.data().recipients()).stream()
                .map(recipient -> {
                    IssuedDownloads issued = offer.to(recipient, event.id(), deliveryId(event, recipient));
                    return outgoing.message(issued(event, digest, recipient, issued.links(), issued.page(), null));
                })));
    }

    /**
     * What the mails of a request offer.
     *
     * @throws dev.attache.contract.value.RejectedException if it cannot be offered to any recipient
     */
    DownloadOffer offer(CloudEvent<AttachmentRequested> event, SourcePolicy policy) {
        AttachmentRequested request = event.data();
        DownloadTerms terms = DownloadTerms.of(policy, request.expiresIn(), request.page());
        return issuer.offer(terms, List.of(file(event, policy)), null);
    }

    private DownloadFile file(CloudEvent<AttachmentRequested> event, SourcePolicy policy) {
        var attachment = Objects.requireNonNull(event.data().attachment(), "the schema requires it for downloads");
        return downloads.find(policy, event.subject(), attachment, null);
    }

    private Iterable<Message<byte[]>> upload(
            CloudEvent<AttachmentRequested> event, String digest, SourcePolicy policy) {
        Duration lifetime = policy.lifetime(event.data().expiresIn());
        var requested = Objects.requireNonNull(event.data().upload(), "the schema requires it for uploads");
        UploadTerms terms = policy.upload(requested);
        if (event.data().channel() == Channel.EVENT) {
            return List.of(outgoing.message(issued(
                    event, digest, null, uploads.open(policy, event, digest, terms, null, lifetime), null, terms)));
        }
        RejectedRecipients rejected = new RejectedRecipients();
        Stream<Message<byte[]>> messages = Addresses.eachOnce(event.data().recipients()).stream()
                .gather(Gatherers.mapConcurrent(
                        UPLOADS_AT_ONCE,
                        recipient -> rejected.unless(() -> outgoing.message(issued(
                                event,
                                digest,
                                recipient,
                                uploads.open(policy, event, digest, terms, recipient, lifetime),
                                null,
                                terms)))))
                .flatMap(Optional::stream);
        return once(Stream.concat(
                inWindows(messages), Stream.of(rejected).<Message<byte[]>>flatMap(RejectedRecipients::thrown)));
    }

    /** Converts a stream to an iterable that can be iterated once. The binder publishes its messages as it iterates. */
    @SuppressWarnings("StreamToIterable")
    static Iterable<Message<byte[]>> once(Stream<Message<byte[]>> messages) {
        return messages::iterator;
    }

    /** Creates messages in windows of {@value #AHEAD}, each after the previous window was published. */
    private static Stream<Message<byte[]>> inWindows(Stream<Message<byte[]>> messages) {
        return messages.gather(Gatherers.windowFixed(AHEAD)).flatMap(List::stream);
    }

    private CloudEvent<LinkIssued> issued(
            CloudEvent<AttachmentRequested> event,
            String digest,
            @Nullable Recipient recipient,
            List<Link> links,
            @Nullable DownloadPage page,
            @Nullable UploadTerms terms) {
        Instant now = clock.instant();
        return EventCause.of(event)
                .followFor(
                        purpose(recipient),
                        EventType.LINK_ISSUED,
                        now,
                        LinkIssued.requested(event, recipient, links, terms, digest, page, now));
    }

    private static String deliveryId(CloudEvent<AttachmentRequested> event, Recipient recipient) {
        return EventCause.of(event).idFor(purpose(recipient));
    }

    private static List<String> purpose(@Nullable Recipient recipient) {
        return List.of(EventType.LINK_ISSUED.name(), recipient == null ? "" : recipient.address());
    }
}
