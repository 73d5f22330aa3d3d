package dev.attache.delivery;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.value.Channel;
import dev.attache.deadletters.dryrun.AcceptanceCheck;
import dev.attache.deadletters.dryrun.QueueNames;
import dev.attache.deadletters.dryrun.Verdict;
import dev.attache.ledger.LedgerPreviews;
import dev.attache.ledger.LedgerPreviews.Preview;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.support.GenericMessage;

/**
 * Checks messages of the queue of one mail channel with the queue's own handler. Its mail is composed, and not sent.
 *
 * @param queue the queue as its binding names it
 */
record DeliveryCheck(
        String queue, Channel channel, PreviewedDelivery delivery, LedgerPreviews previews, EditedPages pages)
        implements AcceptanceCheck {

    @Override
    public boolean isFor(String name) {
        return QueueNames.isNameOf(queue, name);
    }

    @Override
    public List<EventType<?>> types() {
        return List.of(EventType.LINK_ISSUED);
    }

    @Override
    public Optional<CloudEvent<?>> adapted(CloudEvent<?> event) {
        Preview ledger = previews.start();
        return pages.adapted(event.as(EventType.LINK_ISSUED), ledger.hashes(), ledger.tokens())
                .map(adapted -> adapted);
    }

    @Override
    public Verdict check(byte[] body, Map<String, String> attributes, @Nullable String senderId) {
        Preview ledger = previews.start();
        return new Verdict.Accepted(
                switch (delivery.handler(channel, ledger).handle(new GenericMessage<>(body))) {
                    case SENT -> "The mail is sent";
                    case SENT_PERHAPS_AGAIN -> "The mail is sent; an earlier attempt may have sent it as well";
                    case SENT_BEFORE -> "The mail was sent before, and is not sent again";
                    case LATE_REMINDER -> "The reminder is not sent, because its page has expired";
                });
    }
}
