package dev.attache.console.requests;

import dev.attache.audit.AuditEntry;
import dev.attache.audit.AuditLog;
import dev.attache.audit.AuditUnavailableException;
import dev.attache.console.Masks;
import dev.attache.console.Operator;
import dev.attache.contract.value.RejectedException;
import dev.attache.download.DownloadResends;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.story.DeliveryStory;
import dev.attache.story.LinkRequest;
import dev.attache.story.LinkRequests;
import dev.attache.story.RequestChanges;
import dev.attache.story.RequestChanges.Target;
import dev.attache.story.ResentUploads;
import dev.attache.story.Stories;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators do about requests, for pages and the API. Each action is recorded in the audit log before it is done;
 * a second entry says how it ended. Neither contains an address.
 */
final class RequestActions {

    private static final Logger log = LoggerFactory.getLogger(RequestActions.class);

    private final Stories stories;

    private final RequestChanges changes;

    private final DownloadResends resends;

    private final ResentUploads uploads;

    private final LinkRequests links;

    private final AuditLog audit;

    private final Clock clock;

    RequestActions(
            Stories stories,
            RequestChanges changes,
            DownloadResends resends,
            ResentUploads uploads,
            LinkRequests links,
            AuditLog audit,
            Clock clock) {
        this.stories = stories;
        this.changes = changes;
        this.resends = resends;
        this.uploads = uploads;
        this.links = links;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Why an action was not done.
     *
     * @param code a rejection code, or a code of its own
     */
    record Refused(String code, String reason) {}

    /**
     * Which links an action concerns: all of a request, or all of a source's requests to the recipient of a delivery.
     *
     * @param delivery empty for all links of the request
     */
    record Links(String source, String requestId, Optional<DeliveryKey> delivery) {

        /** For the audit log; without an address. */
        String text() {
            return delivery.map(key -> source + ", recipient of " + key.path()).orElse(source + " " + requestId);
        }
    }

    /** @param eventId the id of the change, so that a form that is sent twice is one change */
    Optional<Refused> revoke(Operator operator, Links links, UUID eventId) {
        return audited(operator, "link.revoke", links.text(), Map.of("event", eventId.toString()), () -> {
            Optional<Target> target = target(links);
            target.ifPresent(it -> changes.revoke(it, eventId));
            return unknownIfEmpty(target);
        });
    }

    /** @param eventId as for {@link #revoke} */
    Optional<Refused> extend(Operator operator, Links links, Instant until, UUID eventId) {
        Map<String, String> details = Map.of("event", eventId.toString(), "until", until.toString());
        return audited(operator, "link.extend", links.text(), details, () -> {
            Optional<Target> target = target(links);
            target.ifPresent(it -> changes.extend(it, until, eventId));
            return unknownIfEmpty(target);
        });
    }

    private Optional<Target> target(Links links) {
        return links.delivery().isEmpty()
                ? Optional.of(Target.ofRequest(links.source(), links.requestId()))
                : links.delivery().flatMap(stories::delivery).map(story -> recipient(story));
    }

    private static Target recipient(DeliveryStory delivery) {
        return Target.ofRecipient(delivery.source(), delivery.address());
    }

    private static Optional<Refused> unknownIfEmpty(Optional<Target> target) {
        return target.isPresent()
                ? Optional.empty()
                : Optional.of(new Refused("UNKNOWN", "The ledger has no download page of this mail"));
    }

    /** @param mails how many mails with a new link the operator has seen */
    Optional<Refused> resend(Operator operator, DeliveryKey delivery, int mails) {
        return audited(
                operator,
                "mail.resend",
                "delivery " + delivery.path(),
                Map.of("newLink", Integer.toString(mails + 1)),
                () -> switch (resends.resend(delivery, mails)) {
                    case DownloadResends.Result.Sent sent -> Optional.empty();
                    case DownloadResends.Result.Refused(var obstacle) ->
                        Optional.of(new Refused(obstacle.name(), obstacle.text()));
                });
    }

    /** @param number how often the mail will have been sent again afterwards, as the operator has seen */
    Optional<Refused> resendUpload(Operator operator, UUID upload, int number) {
        return audited(
                operator,
                "mail.resend",
                "upload " + upload,
                Map.of("time", Integer.toString(number)),
                () -> uploads.resend(upload, number).map(reason -> new Refused("NOT_POSSIBLE", reason)));
    }

    /** Sends a link by hand. The audit log names the request, the object and the lifetime, not the recipient. */
    Optional<Refused> share(Operator operator, LinkRequest link) {
        Map<String, String> details = Map.of(
                "object",
                (link.bucket() == null ? "" : link.bucket() + "/") + link.key(),
                "lifetime",
                link.expiresIn() == null ? "default" : link.expiresIn().toString());
        return audited(
                operator,
                "link.share",
                link.source() + " " + link.id(),
                details,
                () -> links.send(link).map(rejected -> new Refused(rejected.code(), rejected.reason())));
    }

    private Optional<Refused> audited(
            Operator operator,
            String action,
            String target,
            Map<String, String> details,
            Supplier<Optional<Refused>> act) {
        String masked = Masks.addresses(target);
        audit.record(AuditEntry.of(clock.instant(), operator.name(), action, masked, masked(details)));
        String result = "failed";
        try {
            Optional<Refused> refused = act.get();
            result = refused.map(Refused::code).orElse("done");
            return refused;
        } catch (RejectedException e) {
            result = e.code().name();
            return Optional.of(new Refused(e.code().name(), e.detail()));
        } finally {
            recordEnd(operator, action, masked, result);
        }
    }

    /** Ids of requests and keys of objects may contain addresses. */
    private static Map<String, String> masked(Map<String, String> details) {
        return details.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Masks.addresses(entry.getValue())));
    }

    /** The action is done; a missing second entry must not make it look as if it was not. */
    private void recordEnd(Operator operator, String action, String target, String result) {
        try {
            audit.record(AuditEntry.of(
                    clock.instant(), operator.name(), action + ".ended", target, Map.of("result", result)));
        } catch (AuditUnavailableException e) {
            log.warn("The end of {} could not be recorded: {}", action, e.toString());
        }
    }
}
