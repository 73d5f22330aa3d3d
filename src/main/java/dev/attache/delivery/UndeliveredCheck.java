package dev.attache.delivery;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.deadletters.dryrun.AcceptanceCheck;
import dev.attache.deadletters.dryrun.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks messages of the queue with the events that SNS could not deliver to a mail queue, as messages of the queue of
 * their channel.
 */
record UndeliveredCheck(EventCodec codec, List<DeliveryCheck> channels) implements AcceptanceCheck {

    /** The queue in {@code infra/topology.yaml}, which no binding reads. */
    static final String QUEUE = "deliveries-undelivered";

    @Override
    public boolean isFor(String name) {
        return QUEUE.equals(name);
    }

    @Override
    public List<EventType<?>> types() {
        return List.of(EventType.LINK_ISSUED);
    }

    @Override
    public Verdict check(byte[] body, Map<String, String> attributes, @Nullable String senderId) {
        return of(codec.read(body, EventType.LINK_ISSUED).data().channel()).check(body, attributes, senderId);
    }

    @Override
    public Optional<CloudEvent<?>> adapted(CloudEvent<?> event) {
        return of(event.as(EventType.LINK_ISSUED).data().channel()).adapted(event);
    }

    private DeliveryCheck of(Channel channel) {
        return channels.stream()
                .filter(check -> check.channel() == channel)
                .findFirst()
                .orElseThrow(() -> new RejectedException(
                        RejectionCode.CONTRACT_VIOLATION,
                        "link.issued is for channel '%s', which has no queue of mails".formatted(channel.wireName())));
    }
}
