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
 * Cuts a large audience into parts that all instances work on. The list is read twice: first as a whole, so that a bad
 * line rejects the request before anybody has a mail of it, and then part by part, as parts are asked for. However long
 * the list, the recipients of one part are in memory, and no more.
 */
final class AudienceSplitter {

    /**
     * The most recipients of one part. Few, so that a worker that does not live long finishes some of them: a part in
     * hand when its worker dies begins anew, and SQS allows that so many times only.
     */
    static final int MOST_IN_PART = 100;

    /** What leaves room for the attributes, and for what SQS and a dead letter add, in a message of 256 KiB. */
    private static final int LARGEST_PART = 200 * 1024;

    static final int MOST = 10_000;

    /** So many lists are checked, and parts made, at once: each takes up to 2 MB of memory meanwhile. */
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
     * A part, and as it goes on its way.
     *
     * @param body its JSON
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and published at once.
    record Part(CloudEvent<AudiencePart> event, byte[] body) {}

    /**
     * The parts of an audience, each made when it is asked for. The same list always gives the same parts, with the
     * same ids.
     *
     * @return throws {@link dev.attache.storage.ObjectChangedException} when the list is written anew meanwhile
     * @throws RejectedException when the list may not be read, does not exist, is too long, or has a line that is no
     *     recipient: before the first part is made
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
            throw new CancellationException("The wait for other lists was interrupted");
        }
        try {
            return work.get();
        } finally {
            working.release();
        }
    }

    /** A request that is too large with one of its recipients is rejected before the others have parts. */
    private void requireRoomForEach(CloudEvent<AttachmentRequested> event, Recipient largest) {
        int length = codec.write(part(event, MOST, List.of(largest))).length;
        if (length > largestPart) {
            throw new RejectedException(
                    RejectionCode.CONTRACT_VIOLATION,
                    ("The request has %d bytes with a single one of its recipients, and %d at most can be passed on;"
                                    + " shorten $.data.message.text or $.data.notify")
                            .formatted(length, largestPart));
        }
    }

    /** Empty when the recipients are too many for one message; a single one never is. */
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
