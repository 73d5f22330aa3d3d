package dev.attache.intake;

import dev.attache.contract.AttachmentRequested;
import dev.attache.contract.AudiencePart;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCause;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RecipientList;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.source.SourcePolicy;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.StoredObject;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Splits a large audience into parts, so that all instances can process it. The list is read twice: first completely,
 * so that an invalid line rejects the request before any mail is sent, and then part by part, as the parts are
 * published. Only the recipients of one part are in memory at a time.
 */
final class AudienceSplitter {

    /**
     * The most recipients of one part. The number is small, because a part whose worker crashes is started again, and
     * SQS limits how often a message is received.
     */
    static final int MOST_IN_PART = 100;

    /** Less than the 256 KiB of a message, because attributes count as well, including those of a dead letter. */
    private static final int LARGEST_PART = 200 * 1024;

    static final int MOST = 10_000;

    /** The most lists that are read at the same time. Each takes up to 2 MB of memory. */
    private static final int LISTS_AT_ONCE = 4;

    private final ObjectCatalog catalog;

    private final EventCodec codec;

    private final Clock clock;

    private final int largestPart;

    private final Semaphore working = new Semaphore(LISTS_AT_ONCE);

    AudienceSplitter(ObjectCatalog catalog, EventCodec codec, Clock clock) {
        this(catalog, codec, clock, LARGEST_PART);
    }

    /** @param largestPart in bytes of JSON */
    AudienceSplitter(ObjectCatalog catalog, EventCodec codec, Clock clock, int largestPart) {
        this.largestPart = largestPart;
        this.catalog = catalog;
        this.codec = codec;
        this.clock = clock;
    }

    /**
     * A part with its serialized form.
     *
     * @param body the event as JSON
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and published at once.
    record Part(CloudEvent<AudiencePart> event, byte[] body) {}

    /**
     * Returns the parts of an audience, which are created lazily. The same list always gives the same parts, with the
     * same ids.
     *
     * @return a stream that throws {@link dev.attache.storage.ObjectChangedException} if the list is overwritten before
     *     its end is read
     * @throws RejectedException before the first part is created, if the list may not be read, does not exist, is too
     *     long, or has a line that is not a recipient
     */
    Stream<Part> parts(CloudEvent<AttachmentRequested> event, RecipientList list, SourcePolicy policy) {
        var object = policy.download(new AttachmentRef(list.bucket(), list.key(), null, null), event.subject());
        StoredObject stored = catalog.findFresh(object);
        stored.requireReadable();
        RecipientLines.requireBounded(stored.contentLength());
        ListCheck check = inTurn(() -> ListCheck.of(recipients(stored), event.data()));
        requireRoomForEach(event, check.largest());
        AudienceParts parts = new AudienceParts(
                recipients(stored), check.again(), (offset, recipients) -> fitting(event, offset, recipients));
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(inTurn(parts), Spliterator.ORDERED), false);
    }

    private ListedRecipients recipients(StoredObject stored) {
        return new ListedRecipients(codec, new ListContent(catalog, stored));
    }

    private Iterator<Part> inTurn(Iterator<Part> parts) {
        return new Iterator<>() {

            @Override
            public boolean hasNext() {
                return inTurn(parts::hasNext);
            }

            @Override
            public Part next() {
                return inTurn(parts::next);
            }
        };
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            working.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while waiting for other recipient lists");
        }
        try {
            return work.get();
        } finally {
            working.release();
        }
    }

    /**
     * Rejects a request that does not fit in a message with its largest recipient alone, before any part is created.
     */
    private void requireRoomForEach(CloudEvent<AttachmentRequested> event, Recipient largest) {
        int length = codec.write(part(event, MOST, List.of(largest))).length;
        if (length > largestPart) {
            throw new RejectedException(
                    RejectionCode.CONTRACT_VIOLATION,
                    ("The request has %d bytes with only one of its recipients, but a part can have at most %d;"
                                    + " shorten $.data.message.text or $.data.notify")
                            .formatted(length, largestPart));
        }
    }

    /** The part; empty if its recipients do not fit in one message. A single recipient always fits. */
    private Optional<Part> fitting(CloudEvent<AttachmentRequested> event, int offset, List<Recipient> recipients) {
        CloudEvent<AudiencePart> part = part(event, offset, recipients);
        byte[] body = codec.write(part);
        return body.length <= largestPart || recipients.size() == 1
                ? Optional.of(new Part(part, body))
                : Optional.empty();
    }

    private CloudEvent<AudiencePart> part(
            CloudEvent<AttachmentRequested> event, int offset, List<Recipient> recipients) {
        AudiencePart part = new AudiencePart(event.id(), offset, event.data().withRecipients(recipients));
        return EventCause.of(event).follow(EventType.AUDIENCE_PART, clock.instant(), part, Integer.toString(offset));
    }
}
