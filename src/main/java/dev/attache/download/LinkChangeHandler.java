package dev.attache.download;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventMessages;
import dev.attache.contract.link.LinkExtendRequested;
import dev.attache.contract.link.LinkRevokeRequested;
import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.Lifetimes;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.ledger.downloads.LinkChange;
import dev.attache.ledger.downloads.LinkChange.Extension;
import dev.attache.ledger.downloads.LinkChanges;
import dev.attache.ledger.downloads.LinkChanges.Target;
import dev.attache.source.SourcePolicy;
import dev.attache.storage.ObjectKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

/**
 * Records the changes that {@code link.revoke.requested} and {@code link.extend.requested} ask for, and reports them. A
 * source can change only its own links: requests and recipients are looked up together with the source, and an object
 * must be one that the source may link to, or that was uploaded for it.
 *
 * <p>Each change is one record, so events may be received several times and in any order. Pages look the records up
 * when they are used; nothing is enumerated.
 */
public final class LinkChangeHandler {

    private final LinkChanges changes;

    private final DownloadEvents events;

    private final EventMessages outgoing;

    private final Clock clock;

    public LinkChangeHandler(LinkChanges changes, EventMessages outgoing, Clock clock) {
        this.changes = changes;
        this.events = new DownloadEvents(clock);
        this.outgoing = outgoing;
        this.clock = clock;
    }

    /**
     * Revokes links. {@code link.revoked} states until when signed links that were issued before may still work: S3
     * cannot revoke them, and none lives longer than the source's {@code max-expiry}.
     *
     * @param policy the policy of the event's source
     * @return the message to publish
     * @throws RejectedException {@code KEY_NOT_ALLOWED}, or {@code CONTRACT_VIOLATION} if the event does not name one
     *     target
     */
    public List<Message<byte[]>> revoke(CloudEvent<LinkRevokeRequested> event, SourcePolicy policy) {
        LinkRevokeRequested asked = event.data();
        ObjectRef object = object(asked.object(), event, policy);
        Instant revokedAt = time(event);
        changes.revoke(target(event.source(), asked.requestId(), asked.recipient(), object), revokedAt, event.id());
        Instant signedLinksUntil = clock.instant().plus(policy.maximumLifetime());
        return List.of(outgoing.messageTo(
                EventMessages.ATTACHMENT_EVENTS, events.revoked(event, object, revokedAt, signedLinksUntil)));
    }

    /**
     * Extends links. A revocation wins, whichever event is received first.
     *
     * @param policy the policy of the event's source
     * @return the message to publish
     * @throws RejectedException as {@link #revoke}; {@code EXPIRY_OUT_OF_RANGE} if the new expiry is not after the
     *     event, later than the source's {@code max-page-expiry} allows, or one of too many that each end earlier;
     *     {@code LINK_EXPIRED} if the named request was revoked
     */
    public List<Message<byte[]>> extend(CloudEvent<LinkExtendRequested> event, SourcePolicy policy) {
        LinkExtendRequested asked = event.data();
        ObjectRef object = object(asked.object(), event, policy);
        Instant askedAt = time(event);
        requireInRange(asked.until(), askedAt, policy);
        Target target = target(event.source(), asked.requestId(), asked.recipient(), object);
        LinkChange recorded = changes.extend(target, asked.until(), askedAt, event.id());
        if (target instanceof Target.OfRequest && recorded.revocation() != null) {
            throw new RejectedException(
                    RejectionCode.LINK_EXPIRED,
                    "The links of request %s were revoked, and are not opened again; send a new request"
                            .formatted(ObjectKeys.quoted(String.valueOf(asked.requestId()))));
        }
        requireIncluded(new Extension(asked.until(), askedAt, event.id()), recorded);
        return List.of(outgoing.messageTo(EventMessages.ATTACHMENT_EVENTS, events.extended(event, object)));
    }

    private static void requireIncluded(Extension asked, LinkChange recorded) {
        if (!recorded.includes(asked)) {
            throw new RejectedException(
                    RejectionCode.EXPIRY_OUT_OF_RANGE,
                    "until is %s, and %d other extensions of the same links are kept, each to an earlier time than the one before. Name %s or later, which replaces the last of them"
                            .formatted(
                                    asked.until(),
                                    LinkChange.MOST_EXTENSIONS,
                                    recorded.extensions().getLast().until()));
        }
    }

    private static @Nullable ObjectRef object(@Nullable AttachmentRef named, CloudEvent<?> event, SourcePolicy policy) {
        return named == null ? null : ObjectRights.require(policy, named, event.subject());
    }

    private static Target target(
            String source, @Nullable String requestId, @Nullable Recipient recipient, @Nullable ObjectRef object) {
        if (Stream.of(requestId, recipient, object).filter(Objects::nonNull).count() == 1) {
            if (requestId != null) {
                return new Target.OfRequest(source, requestId);
            }
            if (recipient != null) {
                return new Target.OfRecipient(source, recipient.address());
            }
            if (object != null) {
                return new Target.OfObject(source, object);
            }
        }
        throw new RejectedException(
                RejectionCode.CONTRACT_VIOLATION, "data must have exactly one of requestId, recipient and object");
    }

    /**
     * A time in the future would concern links that are issued later. Only events that name a request may have no time:
     * theirs is that of the receipt, which changes with each receive.
     */
    private Instant time(CloudEvent<?> event) {
        Instant now = clock.instant();
        Instant stated = event.time();
        return stated == null || stated.isAfter(now) ? now : stated;
    }

    private static void requireInRange(Instant until, Instant askedAt, SourcePolicy policy) {
        Duration longest = policy.maximumPageLifetime();
        if (!until.isAfter(askedAt) || until.isAfter(askedAt.plus(longest))) {
            throw new RejectedException(
                    RejectionCode.EXPIRY_OUT_OF_RANGE,
                    "until is %s, but source %s may extend links to at most %s after the event's time, %s"
                            .formatted(until, policy.source(), Lifetimes.text(longest), askedAt));
        }
    }
}
