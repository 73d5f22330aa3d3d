package dev.attache.intake;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.RequestRejected;
import dev.attache.deadletters.dryrun.AcceptanceCheck;
import dev.attache.deadletters.dryrun.QueueNames;
import dev.attache.deadletters.dryrun.Verdict;
import dev.attache.ledger.LedgerPreviews;
import dev.attache.ledger.LedgerPreviews.Preview;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * Checks messages of a queue with the queue's own handler: it works on a preview of the ledger, and the messages that
 * it returns are created and dropped.
 *
 * @param queue the queue as its binding names it
 * @param types the types of its events; empty for notifications of S3
 * @param handler creates the handler
 */
record HandlerCheck(
        String queue,
        List<EventType<?>> types,
        Function<Preview, Function<Message<byte[]>, ? extends Iterable<Message<byte[]>>>> handler,
        LedgerPreviews previews,
        EventCodec codec)
        implements AcceptanceCheck {

    @Override
    public boolean isFor(String name) {
        return QueueNames.isNameOf(queue, name);
    }

    @Override
    public Verdict check(byte[] body, Map<String, String> attributes, @Nullable String senderId) {
        Message<byte[]> message = senderId == null
                ? new GenericMessage<>(body)
                : new GenericMessage<>(body, Map.of(InboundHeaders.SENDER_ID, senderId));
        Map<String, Integer> published = new TreeMap<>();
        List<String> notes = new ArrayList<>();
        for (Message<byte[]> each : handler.apply(previews.start()).apply(message)) {
            String type = String.valueOf(each.getHeaders().get("type"));
            published.merge(type, 1, Integer::sum);
            if (type.equals(EventType.REQUEST_REJECTED.name())) {
                RequestRejected rejected = codec.read(each.getPayload(), EventType.REQUEST_REJECTED)
                        .data();
                notes.add("request.rejected states " + rejected.code() + ": " + rejected.detail());
            }
        }
        notes.addFirst(
                published.isEmpty()
                        ? "Nothing is published"
                        : "Published: "
                                + String.join(
                                        ", ",
                                        published.entrySet().stream()
                                                .map(entry -> entry.getValue() + " " + entry.getKey())
                                                .toList()));
        return new Verdict.Accepted(String.join(". ", notes));
    }
}
