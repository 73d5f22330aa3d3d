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
import dev.attache.contract.value.Link;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RecipientList;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.UploadTerms;
import dev.attache.link.DownloadLinks;
import dev.attache.source.SenderIds;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcePolicy;
import dev.attache.upload.UploadOpener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

/**
 * {@code attachment.requested} in, one {@code link.issued} for each recipient out. What goes out is made while it is
 * published: a request with long texts and many recipients is many times as large as the event it came in.
 */
public final class AttachmentRequestedHandler implements Function<Message<byte[]>, Iterable<Message<byte[]>>> {

    /** Each upload is two writes to the ledger; so many recipients' are under way at once. */
    private static final int UPLOADS_AT_ONCE = 16;

    /** So many messages are made before the first of them is published: they fill a batch. */
    private static final int AHEAD = 10;

    private final EventCodec codec;

    private final SourcePolicies policies;

    private final DownloadLinks downloads;

    private final UploadOpener uploads;

    private final AudienceSplitter audiences;

    private final SenderIds workers;

    private final EventMessages outgoing;

    private final Clock clock;

    /** @param workers the sender ids of this worker */
    AttachmentRequestedHandler(
            EventCodec codec,
            SourcePolicies policies,
            DownloadLinks downloads,
            UploadOpener uploads,
            AudienceSplitter audiences,
            SenderIds workers,
            Clock clock) {
        this.codec = codec;
        this.policies = policies;
        this.downloads = downloads;
        this.uploads = uploads;
        this.audiences = audiences;
        this.workers = workers;
        this.outgoing = new EventMessages(codec);
        this.clock = clock;
    }

    @Override
    public Iterable<Message<byte[]>> apply(Message<byte[]> message) {
        CloudEvent<AttachmentRequested> event = codec.read(message.getPayload(), EventType.ATTACHMENT_REQUESTED);
        SourcePolicy policy = policies.require(event.source(), InboundHeaders.senderId(message));
        RecipientList list = event.data().recipientList();
        if (list == null) {
            return issue(event, policy);
        }
        requireParts(policy);
        requireIssuable(event, policy);
        return once(audiences
                .parts(event, list, policy)
                .map(part -> outgoing.messageTo(EventMessages.REQUEST_PARTS, part.event(), part.body())));
    }

    /** {@link AudiencePartHandler} would refuse each part, which could then not be told of in the source's name. */
    private void requireParts(SourcePolicy policy) {
        if (policy.senderPinned() && workers.named().isEmpty()) {
            throw new RejectedException(
                    RejectionCode.SOURCE_NOT_ALLOWED,
                    "Source " + policy.source()
                            + " is pinned to senders, and attache.audience.sender-ids names nobody, so that parts of a"
                            + " large audience cannot be taken from this worker; name the worker's own role there, or"
                            + " send the recipients in requests of up to 500");
        }
    }

    /** What would reject each part rejects the request, before it is cut: upstream hears of it once. */
    private void requireIssuable(CloudEvent<AttachmentRequested> event, SourcePolicy policy) {
        AttachmentRequested request = event.data();
        Duration lifetime = policy.lifetime(request.expiresIn());
        if (request.attachment() != null) {
            downloads.require(policy, event.subject(), request.attachment(), lifetime);
        }
        if (request.upload() != null) {
            policy.upload(request.upload());
        }
    }

    /** The links of a request that names its recipients, or of a part of a large audience; to be iterated once. */
    Iterable<Message<byte[]>> issue(CloudEvent<AttachmentRequested> event, SourcePolicy policy) {
        Duration lifetime = policy.lifetime(event.data().expiresIn());
        String digest = ContentDigest.of(event.data());
        return switch (event.data().direction()) {
            case DOWNLOAD -> download(event, digest, policy, lifetime);
            case UPLOAD -> upload(event, digest, policy, lifetime);
        };
    }

    private Iterable<Message<byte[]>> download(
            CloudEvent<AttachmentRequested> event, String digest, SourcePolicy policy, Duration lifetime) {
        var attachment = Objects.requireNonNull(event.data().attachment(), "the schema requires it for downloads");
        List<Link> links = List.of(downloads.link(policy, event.subject(), attachment, null, lifetime));
        if (event.data().channel() == Channel.EVENT) {
            return List.of(outgoing.message(issued(event, digest, null, links, null)));
        }
        return once(inWindows(Addresses.eachOnce(event.data().recipients()).stream()
                .map(recipient -> outgoing.message(issued(event, digest, recipient, links, null)))));
    }

    private Iterable<Message<byte[]>> upload(
            CloudEvent<AttachmentRequested> event, String digest, SourcePolicy policy, Duration lifetime) {
        var requested = Objects.requireNonNull(event.data().upload(), "the schema requires it for uploads");
        UploadTerms terms = policy.upload(requested);
        if (event.data().channel() == Channel.EVENT) {
            return List.of(outgoing.message(
                    issued(event, digest, null, uploads.open(policy, event, digest, terms, null, lifetime), terms)));
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
                                terms)))))
                .flatMap(Optional::stream);
        return once(Stream.concat(
                inWindows(messages), Stream.of(rejected).<Message<byte[]>>flatMap(RejectedRecipients::thrown)));
    }

    /** For one iteration: the binder publishes a message before the next is made. */
    @SuppressWarnings("StreamToIterable")
    private static Iterable<Message<byte[]>> once(Stream<Message<byte[]>> messages) {
        return messages::iterator;
    }

    /** A few at a time, made when those before have been handed over. */
    private static Stream<Message<byte[]>> inWindows(Stream<Message<byte[]>> messages) {
        return messages.gather(Gatherers.windowFixed(AHEAD)).flatMap(List::stream);
    }

    private CloudEvent<LinkIssued> issued(
            CloudEvent<AttachmentRequested> event,
            String digest,
            @Nullable Recipient recipient,
            List<Link> links,
            @Nullable UploadTerms terms) {
        Instant now = clock.instant();
        return EventCause.of(event)
                .follow(
                        EventType.LINK_ISSUED,
                        now,
                        LinkIssued.requested(event, recipient, links, terms, digest, now),
                        recipient == null ? "" : recipient.address());
    }
}
