package dev.attache.intake;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCause;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventMessages;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.PurchaseCompleted;
import dev.attache.contract.value.DownloadPage;
import dev.attache.issuing.DownloadIssuer;
import dev.attache.issuing.DownloadTerms;
import dev.attache.issuing.IssuedDownloads;
import dev.attache.link.DownloadFile;
import dev.attache.link.DownloadLinks;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcePolicy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.springframework.messaging.Message;

/** Receives {@code purchase.completed} and publishes one {@code link.issued} with all items. */
final class PurchaseCompletedHandler implements Function<Message<byte[]>, List<Message<byte[]>>> {

    private final EventCodec codec;

    private final SourcePolicies policies;

    private final DownloadLinks downloads;

    private final DownloadIssuer issuer;

    private final EventMessages outgoing;

    private final Instant formerIdsUntil;

    private final Clock clock;

    /** @param formerIdsUntil see {@link PurchasesProperties} */
    PurchaseCompletedHandler(
            EventCodec codec,
            SourcePolicies policies,
            DownloadLinks downloads,
            DownloadIssuer issuer,
            Instant formerIdsUntil,
            Clock clock) {
        this.codec = codec;
        this.policies = policies;
        this.downloads = downloads;
        this.issuer = issuer;
        this.outgoing = new EventMessages(codec);
        this.formerIdsUntil = formerIdsUntil;
        this.clock = clock;
    }

    @Override
    public List<Message<byte[]>> apply(Message<byte[]> message) {
        CloudEvent<PurchaseCompleted> event = codec.read(message.getPayload(), EventType.PURCHASE_COMPLETED);
        SourcePolicy policy = policies.require(event.source(), InboundHeaders.senderId(message));
        PurchaseCompleted purchase = event.data();
        DownloadTerms terms = DownloadTerms.of(policy, null, purchase.page());
        List<DownloadFile> files = purchase.items().stream()
                .map(item -> downloads.find(policy, event.subject(), item.attachment(), item.title()))
                .toList();
        String subject = event.subject() == null ? purchase.orderId() : event.subject();
        EventCause cause = EventCause.of(event).withSubject(subject);
        IssuedDownloads issued = issuer.offer(
                        terms, files, new DownloadPage.Order(purchase.orderId(), purchase.purchasedAt()))
                .to(purchase.customer(), event.id(), cause.idFor(idPurpose(purchase)));
        Instant now = clock.instant();
        return List.of(outgoing.message(cause.followFor(
                idPurpose(purchase),
                EventType.LINK_ISSUED,
                now,
                LinkIssued.purchased(event, issued.links(), issued.page(), now))));
    }

    /**
     * Differs from that of a request, so that a purchase and a request with the same id do not share the id of a mail.
     */
    private List<String> idPurpose(PurchaseCompleted purchase) {
        String linkIssued = EventType.LINK_ISSUED.name();
        String address = purchase.customer().address();
        return purchase.purchasedAt().isBefore(formerIdsUntil)
                ? List.of(linkIssued, address)
                : List.of(EventType.PURCHASE_COMPLETED.name(), linkIssued, address);
    }
}
