package dev.attache.intake;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.ContentDigest;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventIds;
import dev.attache.contract.EventMessages;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.PurchaseCompleted;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.Link;
import dev.attache.link.DownloadLinks;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcePolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.springframework.messaging.Message;

/** {@code purchase.completed} in, one {@code link.issued} with a link for each item out. */
final class PurchaseCompletedHandler implements Function<Message<byte[]>, List<Message<byte[]>>> {

    private final EventCodec codec;

    private final SourcePolicies policies;

    private final DownloadLinks downloads;

    private final EventMessages outgoing;

    private final Instant formerIdsUntil;

    private final Clock clock;

    PurchaseCompletedHandler(EventCodec codec, SourcePolicies policies, DownloadLinks downloads, Clock clock) {
        this(codec, policies, downloads, Instant.MIN, clock);
    }

    /** @param formerIdsUntil as {@link PurchasesProperties} has it */
    PurchaseCompletedHandler(
            EventCodec codec, SourcePolicies policies, DownloadLinks downloads, Instant formerIdsUntil, Clock clock) {
        this.codec = codec;
        this.policies = policies;
        this.downloads = downloads;
        this.outgoing = new EventMessages(codec);
        this.formerIdsUntil = formerIdsUntil;
        this.clock = clock;
    }

    @Override
    public List<Message<byte[]>> apply(Message<byte[]> message) {
        CloudEvent<PurchaseCompleted> event = codec.read(message.getPayload(), EventType.PURCHASE_COMPLETED);
        SourcePolicy policy = policies.require(event.source(), InboundHeaders.senderId(message));
        Duration lifetime = policy.lifetime(null);
        PurchaseCompleted purchase = event.data();
        List<Link> links = purchase.items().stream()
                .map(item -> downloads.link(policy, event.subject(), item.attachment(), item.title(), lifetime))
                .toList();
        return List.of(outgoing.message(new CloudEvent<>(
                id(event),
                event.source(),
                EventType.LINK_ISSUED,
                clock.instant(),
                event.subject() == null ? purchase.orderId() : event.subject(),
                event.traceparent(),
                new LinkIssued(
                        event.id(),
                        Channel.EMAIL,
                        LinkIssued.Purpose.PURCHASE,
                        purchase.customer(),
                        null,
                        null,
                        links,
                        clock.instant(),
                        null,
                        ContentDigest.of(purchase)))));
    }

    /** Other than a request's with the same id: the mail of one would otherwise be taken for the other's. */
    private String id(CloudEvent<PurchaseCompleted> event) {
        PurchaseCompleted purchase = event.data();
        String linkIssued = EventType.LINK_ISSUED.name();
        String address = purchase.customer().address();
        return (purchase.purchasedAt().isBefore(formerIdsUntil)
                        ? EventIds.derive(event.source(), event.id(), linkIssued, address)
                        : EventIds.derive(
                                event.source(), event.id(), EventType.PURCHASE_COMPLETED.name(), linkIssued, address))
                .toString();
    }
}
