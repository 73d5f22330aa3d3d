package dev.attache.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.attache.contract.AttachmentRef;
import dev.attache.contract.AttachmentRequested;
import dev.attache.contract.AudiencePart;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventIds;
import dev.attache.contract.EventType;
import dev.attache.contract.Recipient;
import dev.attache.contract.RecipientList;
import dev.attache.contract.RejectedException;
import dev.attache.contract.RejectionCode;
import dev.attache.contract.UnsubscribeUrls;
import dev.attache.link.ObjectCatalog;
import dev.attache.link.SourcePolicy;
import dev.attache.link.StoredObject;

/**
 * Cuts a large audience into parts that all instances work on. The whole list is read before the first part leaves, so that
 * a bad line rejects the request before anybody has a mail of it; its size is bounded, and with it the memory this takes.
 */
final class Audiences {

    /**
     * The most recipients of one part. Few, so that a worker that does not live long finishes some of them: a part in hand
     * when its worker dies begins anew, and SQS allows that so many times only.
     */
    private static final int MOST_IN_PART = 100;

    /** What leaves room for the attributes, and for what SQS and a dead letter add, in a message of 256 KiB. */
    private static final int LARGEST_PART = 200 * 1024;

    static final int MOST = 10_000;

    private final ObjectCatalog catalog;

    private final EventCodec codec;

    private final Clock clock;

    private final int largestPart;

    Audiences(ObjectCatalog catalog, EventCodec codec, Clock clock) {
        this(catalog, codec, clock, LARGEST_PART);
    }

    /** @param largestPart in bytes of JSON */
    Audiences(ObjectCatalog catalog, EventCodec codec, Clock clock, int largestPart) {
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
    record Part(CloudEvent<AudiencePart> event, byte[] body) {
    }

    /** @throws RejectedException when the list may not be read, does not exist, is too long, or has a line that is no recipient */
    List<Part> parts(CloudEvent<AttachmentRequested> event, RecipientList list, SourcePolicy policy) {
        var object = policy.download(new AttachmentRef(list.bucket(), list.key(), null, null), event.subject());
        StoredObject stored = catalog.findFresh(object);
        stored.requireReadable();
        RecipientLines.requireBounded(stored.contentLength());
        List<Recipient> recipients = read(event.data(), catalog.open(stored.object()));
        List<Part> parts = new ArrayList<>();
        for (int offset = 0; offset < recipients.size(); offset += MOST_IN_PART) {
            cut(event, offset, recipients.subList(offset, Math.min(offset + MOST_IN_PART, recipients.size())), parts);
        }
        return parts;
    }

    /** Halves what is too large for one message, so that the same list is always cut at the same places. */
    private void cut(CloudEvent<AttachmentRequested> event, int offset, List<Recipient> recipients,
            List<Part> parts) {
        CloudEvent<AudiencePart> part = part(event, offset, recipients);
        byte[] body = codec.write(part);
        if (body.length <= largestPart) {
            parts.add(new Part(part, body));
        } else if (recipients.size() == 1) {
            throw new RejectedException(RejectionCode.CONTRACT_VIOLATION, ("The request has %d bytes with a single one of its"
                    + " recipients, and %d at most can be passed on; shorten $.data.message.text or $.data.notify")
                            .formatted(body.length, largestPart));
        } else {
            int half = recipients.size() / 2;
            cut(event, offset, recipients.subList(0, half), parts);
            cut(event, offset + half, recipients.subList(half, recipients.size()), parts);
        }
    }

    private List<Recipient> read(AttachmentRequested request, InputStream content) {
        List<Recipient> recipients = new ArrayList<>();
        Set<String> addresses = new HashSet<>();
        try (content) {
            RecipientLines lines = new RecipientLines(content);
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.isBlank()) {
                    continue;
                }
                if (recipients.size() == MOST) {
                    throw new RejectedException(RejectionCode.TOO_MANY_RECIPIENTS, "The recipient list has more than "
                            + MOST + " recipients; send several requests");
                }
                Recipient recipient = codec.readRecipient(line, lines.number());
                UnsubscribeUrls.requireUsable(request, recipient, "line " + lines.number() + " of the recipient list");
                if (addresses.add(recipient.address().toLowerCase(Locale.ROOT))) {
                    recipients.add(recipient);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (recipients.isEmpty()) {
            throw new RejectedException(RejectionCode.CONTRACT_VIOLATION, "The recipient list has no recipients; write one a line");
        }
        return recipients;
    }

    private CloudEvent<AudiencePart> part(CloudEvent<AttachmentRequested> event, int offset, List<Recipient> recipients) {
        AttachmentRequested request = event.data();
        String id = EventIds.derive(event.source(), event.id(), EventType.AUDIENCE_PART.name(), Integer.toString(offset)).toString();
        return new CloudEvent<>(id, event.source(), EventType.AUDIENCE_PART, clock.instant(), event.subject(),
                event.traceparent(), new AudiencePart(event.id(), offset, new AttachmentRequested(request.direction(),
                        request.channel(), recipients, null, request.attachment(), request.upload(), request.expiresIn(),
                        request.message(), request.campaign(), request.toNotify())));
    }
}
