package dev.attache.story;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.value.RejectedException;
import dev.attache.deadletters.dryrun.AcceptanceChecks;
import dev.attache.deadletters.dryrun.Verdict;
import dev.attache.queues.QueueReference;
import dev.attache.source.MailLinks;
import dev.attache.source.SenderIds;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcePolicy;
import dev.attache.source.SourcesProperties;
import dev.attache.storage.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Sends a link by hand: an event {@code attachment.requested} to the queue of requests. The worker that receives it
 * applies every check that it applies to events of the source, and the mail is sent, recorded and revoked as any other.
 */
public final class LinkRequests {

    private final EventCodec codec;

    private final SourcePolicies policies;

    private final SourcesProperties sources;

    private final SharedObjects objects;

    private final AcceptanceChecks checks;

    private final SqsClient sqs;

    private final QueueReference queue;

    private final List<String> senders;

    private final Clock clock;

    /**
     * @param queue the queue of requests
     * @param senders the sender ids of this process, one of which sends the event
     */
    LinkRequests(
            EventCodec codec,
            SourcePolicies policies,
            SourcesProperties sources,
            SharedObjects objects,
            AcceptanceChecks checks,
            SqsClient sqs,
            QueueReference queue,
            List<String> senders,
            Clock clock) {
        this.codec = codec;
        this.policies = policies;
        this.sources = sources;
        this.objects = objects;
        this.checks = checks;
        this.sqs = sqs;
        this.queue = queue;
        this.senders = List.copyOf(senders);
        this.clock = clock;
    }

    /** Whether a link would be sent. */
    public sealed interface Preview {

        /**
         * It would be accepted now.
         *
         * @param event the event, as JSON
         * @param note what the check adds; may be empty
         */
        record Accepted(StoredObject object, String event, String note) implements Preview {}

        /** It would be rejected. */
        record Rejected(String code, String reason) implements Preview {}
    }

    /**
     * Why nobody can send links of a source from here; empty if they can. A source that is pinned to senders accepts
     * the event only if this process is one of them.
     *
     * @throws RejectedException {@code SOURCE_NOT_ALLOWED}
     */
    public Optional<String> obstacle(String source) {
        SourcePolicy policy = policies.require(source);
        if (!policy.senderPinned()) {
            return Optional.empty();
        }
        if (senders.isEmpty()) {
            return Optional.of(
                    "Source %1$s accepts events only from the senders in attache.sources.%1$s.sender-ids, and this process does not know its own sender id. Set attache.audience.sender-ids to the unique id of its role (AROA…), or attache.console.sender-ids if workers have another role, and add the same id to attache.sources.%1$s.sender-ids"
                            .formatted(source));
        }
        return sender(source).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "Source %1$s accepts events only from the senders in attache.sources.%1$s.sender-ids. Add one of this process's own to them: %2$s"
                                .formatted(source, String.join(", ", senders)));
    }

    /** Whether mails of the source lead to a download page; otherwise they link directly to S3. */
    public boolean hasPages(String source) {
        return policies.require(source).mailLinks() == MailLinks.PAGE;
    }

    /** How long links of a source may live. */
    public record Lifetimes(Duration shortest, Duration usual, Duration longest) {}

    /** @throws RejectedException {@code SOURCE_NOT_ALLOWED} */
    public Lifetimes lifetimes(String source) {
        SourcePolicy policy = policies.require(source);
        return hasPages(source)
                ? new Lifetimes(policy.minimumLifetime(), policy.pageLifetime(null), policy.maximumPageLifetime())
                : new Lifetimes(policy.minimumLifetime(), policy.lifetime(null), policy.maximumLifetime());
    }

    /** The sender id of this process from which a pinned source accepts events. */
    private Optional<String> sender(String source) {
        SenderIds allowed = new SenderIds(
                Objects.requireNonNull(sources.sources().get(source)).senderIds());
        return senders.stream().filter(allowed::include).findFirst();
    }

    /** Checks a link as the worker will, without side effects. */
    public Preview preview(LinkRequest link) {
        try {
            Optional<String> obstacle = obstacle(link.source());
            if (obstacle.isPresent()) {
                return new Preview.Rejected("SOURCE_NOT_ALLOWED", obstacle.get());
            }
            byte[] event = write(link);
            StoredObject object = objects.find(link.source(), link.subject(), link.bucket(), link.key());
            String text = new String(event, StandardCharsets.UTF_8);
            return switch (checks.check(
                    queue.name(), text, Map.of(), sender(link.source()).orElse(null))) {
                case Verdict.Accepted(String note) -> new Preview.Accepted(object, text, note);
                case Verdict.Rejected(String code, String reason) -> new Preview.Rejected(code, reason);
                case Verdict.Unknown(String why) -> new Preview.Accepted(object, text, why);
            };
        } catch (RejectedException e) {
            return new Preview.Rejected(e.code().name(), e.detail());
        }
    }

    /** @throws RejectedException if the contract does not allow the event */
    private byte[] write(LinkRequest link) {
        byte[] event = link.event(clock.instant());
        codec.read(event, EventType.ATTACHMENT_REQUESTED);
        return event;
    }

    /**
     * Sends the event.
     *
     * @return why it was not sent; empty if it was
     */
    public Optional<Preview.Rejected> send(LinkRequest link) {
        return switch (preview(link)) {
            case Preview.Rejected rejected -> Optional.of(rejected);
            case Preview.Accepted accepted -> {
                String url = url();
                sqs.sendMessage(it -> it.queueUrl(url).messageBody(accepted.event()));
                yield Optional.empty();
            }
        };
    }

    private String url() {
        String stated = queue.url();
        return stated == null
                ? sqs.getQueueUrl(it -> it.queueName(queue.name()).queueOwnerAWSAccountId(queue.account()))
                        .queueUrl()
                : stated;
    }
}
