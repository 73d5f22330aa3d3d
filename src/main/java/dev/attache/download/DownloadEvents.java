package dev.attache.download;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCause;
import dev.attache.contract.EventType;
import dev.attache.contract.link.LinkDownloaded;
import dev.attache.contract.link.LinkExhausted;
import dev.attache.contract.link.LinkExpired;
import dev.attache.contract.link.LinkExtendRequested;
import dev.attache.contract.link.LinkExtended;
import dev.attache.contract.link.LinkRenewed;
import dev.attache.contract.link.LinkRevokeRequested;
import dev.attache.contract.link.LinkRevoked;
import dev.attache.contract.value.ObjectRef;
import dev.attache.ledger.downloads.DownloadUse;
import dev.attache.ledger.downloads.DownloadUse.ItemUse;
import dev.attache.ledger.downloads.DownloadUse.Renewal;
import dev.attache.ledger.downloads.IssuedPage;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Creates the events about download pages. Their ids are derived from the event that caused them and from what they
 * report, so they are the same at each call.
 */
final class DownloadEvents {

    private final Clock clock;

    DownloadEvents(Clock clock) {
        this.clock = clock;
    }

    /** @param use the use of the item, with a download */
    CloudEvent<LinkDownloaded> downloaded(IssuedPage page, int item, ItemUse use) {
        LinkDownloaded downloaded = new LinkDownloaded(
                page.requestId(),
                page.deliveryId(),
                page.recipient(),
                object(page, item),
                Objects.requireNonNull(use.first(), "the item was downloaded"));
        return ofItem(page, EventType.LINK_DOWNLOADED, downloaded, item);
    }

    /** @param use the use of the item, with a download */
    CloudEvent<LinkExhausted> exhausted(IssuedPage page, int item, ItemUse use) {
        LinkExhausted exhausted = new LinkExhausted(
                page.requestId(),
                page.deliveryId(),
                page.recipient(),
                object(page, item),
                use.count(),
                Objects.requireNonNull(use.last(), "the item was downloaded"));
        return ofItem(page, EventType.LINK_EXHAUSTED, exhausted, item);
    }

    CloudEvent<LinkRenewed> renewed(IssuedPage page, int generation, Renewal renewal) {
        LinkRenewed renewed = new LinkRenewed(
                page.requestId(), page.deliveryId(), page.recipient(), renewal.at(), renewal.expiresAt());
        return page.cause()
                .follow(
                        EventType.LINK_RENEWED,
                        clock.instant(),
                        renewed,
                        page.deliveryId(),
                        Integer.toString(generation));
    }

    CloudEvent<LinkExpired> expired(IssuedPage page, DownloadUse use, Instant expiredAt) {
        List<LinkExpired.Item> items = IntStream.range(0, page.page().items().size())
                .mapToObj(item -> new LinkExpired.Item(
                        object(page, item),
                        use.item(item).count(),
                        use.item(item).first()))
                .toList();
        LinkExpired expired = new LinkExpired(
                page.requestId(), page.deliveryId(), page.recipient(), expiredAt, use.isDownloaded(), items);
        return use.reopenings() == 0
                ? page.cause().follow(EventType.LINK_EXPIRED, clock.instant(), expired, page.deliveryId())
                : page.cause()
                        .follow(
                                EventType.LINK_EXPIRED,
                                clock.instant(),
                                expired,
                                page.deliveryId(),
                                Integer.toString(use.reopenings()));
    }

    /**
     * @param object the requested object, with its bucket; null if another target is named
     * @param signedLinksUntil until when signed links that were issued before may still work
     */
    CloudEvent<LinkRevoked> revoked(
            CloudEvent<LinkRevokeRequested> request,
            @Nullable ObjectRef object,
            Instant revokedAt,
            Instant signedLinksUntil) {
        LinkRevokeRequested asked = request.data();
        return EventCause.of(request)
                .follow(
                        EventType.LINK_REVOKED,
                        clock.instant(),
                        new LinkRevoked(
                                asked.requestId(),
                                asked.recipient(),
                                object,
                                request.id(),
                                revokedAt,
                                signedLinksUntil));
    }

    /** @param object the requested object, with its bucket; null if another target is named */
    CloudEvent<LinkExtended> extended(CloudEvent<LinkExtendRequested> request, @Nullable ObjectRef object) {
        LinkExtendRequested asked = request.data();
        return EventCause.of(request)
                .follow(
                        EventType.LINK_EXTENDED,
                        clock.instant(),
                        new LinkExtended(asked.requestId(), asked.recipient(), object, request.id(), asked.until()));
    }

    private <T> CloudEvent<T> ofItem(IssuedPage page, EventType<T> type, T data, int item) {
        return page.cause().follow(type, clock.instant(), data, page.deliveryId(), Integer.toString(item));
    }

    private static ObjectRef object(IssuedPage page, int item) {
        return page.page().items().get(item).object();
    }
}
