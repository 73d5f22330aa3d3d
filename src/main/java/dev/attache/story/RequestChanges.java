package dev.attache.story;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.link.LinkExtendRequested;
import dev.attache.contract.link.LinkRevokeRequested;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.download.LinkChangeHandler;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcePolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

/**
 * Revokes and extends links, because an operator asks for it. It does the same as the events
 * {@code link.revoke.requested} and {@code link.extend.requested} of the source, so the source is told with
 * {@code link.revoked} and {@code link.extended}. No event passes the queue: the operator sees at once whether it
 * succeeded, and a source that is pinned to senders needs no further one.
 */
public final class RequestChanges {

    private final LinkChangeHandler handler;

    private final SourcePolicies policies;

    private final Consumer<Message<byte[]>> publication;

    private final Clock clock;

    /** @param publication publishes a message, or throws an exception */
    RequestChanges(
            LinkChangeHandler handler, SourcePolicies policies, Consumer<Message<byte[]>> publication, Clock clock) {
        this.handler = handler;
        this.policies = policies;
        this.publication = publication;
        this.clock = clock;
    }

    /**
     * Which links are concerned.
     *
     * @param requestId the id of the request; null if a recipient is named
     * @param address all links of the source's requests to this address that were issued before; null if a request is
     *     named
     */
    public record Target(
            String source,
            @Nullable String requestId,
            @Nullable String address) {

        public static Target ofRequest(String source, String requestId) {
            return new Target(source, requestId, null);
        }

        public static Target ofRecipient(String source, String address) {
            return new Target(source, null, address);
        }

        /** Omits the address, which is personal data. */
        @Override
        public String toString() {
            return "Target[source=" + source + ", requestId=" + requestId + "]";
        }
    }

    /**
     * Revokes links.
     *
     * @param eventId the id of the change. Revoking again with the same id changes nothing, and publishes the same
     *     event
     * @throws RejectedException as {@link LinkChangeHandler#revoke}, and {@code SOURCE_NOT_ALLOWED}
     */
    public void revoke(Target target, UUID eventId) {
        SourcePolicy policy = policies.require(target.source());
        LinkRevokeRequested asked = new LinkRevokeRequested(target.requestId(), recipient(target), null);
        publish(handler.revoke(event(target, EventType.LINK_REVOKE_REQUESTED, asked, eventId), policy));
    }

    /**
     * Extends links.
     *
     * @param until when they shall expire
     * @param eventId as for {@link #revoke}
     * @throws RejectedException as {@link LinkChangeHandler#extend}, and {@code SOURCE_NOT_ALLOWED}
     */
    public void extend(Target target, Instant until, UUID eventId) {
        SourcePolicy policy = policies.require(target.source());
        LinkExtendRequested asked = new LinkExtendRequested(target.requestId(), recipient(target), null, until);
        publish(handler.extend(event(target, EventType.LINK_EXTEND_REQUESTED, asked, eventId), policy));
    }

    /**
     * How far links of a source can be extended from now.
     *
     * @throws RejectedException {@code SOURCE_NOT_ALLOWED}
     */
    public Duration longestExtension(String source) {
        return policies.require(source).maximumPageLifetime();
    }

    private <T> CloudEvent<T> event(Target target, EventType<T> type, T data, UUID eventId) {
        return new CloudEvent<>(eventId.toString(), target.source(), type, clock.instant(), null, null, data);
    }

    private static @Nullable Recipient recipient(Target target) {
        return target.address() == null ? null : new Recipient(target.address());
    }

    private void publish(List<Message<byte[]>> messages) {
        messages.forEach(publication);
    }
}
