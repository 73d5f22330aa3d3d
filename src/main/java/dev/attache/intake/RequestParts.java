package dev.attache.intake;

import java.util.List;
import java.util.function.Function;

import dev.attache.contract.AttachmentRequested;
import dev.attache.contract.AudiencePart;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import org.springframework.messaging.Message;

/**
 * {@code attachment.requested.part} in, one {@code link.issued} for each recipient out, as if the part's recipients had stood in
 * the request itself. Parts come from this worker: who sent the request was looked at when it was cut.
 */
final class RequestParts implements Function<Message<byte[]>, List<Message<byte[]>>> {

    private final EventCodec codec;

    private final AttachmentRequests requests;

    RequestParts(EventCodec codec, AttachmentRequests requests) {
        this.codec = codec;
        this.requests = requests;
    }

    @Override
    public List<Message<byte[]>> apply(Message<byte[]> message) {
        CloudEvent<AudiencePart> part = codec.read(message.getPayload(), EventType.AUDIENCE_PART);
        return requests.issue(new CloudEvent<AttachmentRequested>(part.data().requestId(), part.source(),
                EventType.ATTACHMENT_REQUESTED, part.time(), part.subject(), part.traceparent(), part.data().request()));
    }
}
