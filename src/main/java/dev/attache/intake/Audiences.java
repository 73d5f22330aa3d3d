package dev.attache.intake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
import dev.attache.link.ObjectCatalog;
import dev.attache.link.SourcePolicy;

/**
 * Cuts a large audience into parts that all instances work on. The whole list is read before the first part leaves, so that
 * a bad line rejects the request before anybody has a mail of it; its size is bounded, and with it the memory this takes.
 */
final class Audiences {

    /** So many of the longest recipients still fit into one message of 256 KiB. */
    static final int PART = 200;

    static final int MOST = 10_000;

    private final ObjectCatalog catalog;

    private final EventCodec codec;

    private final Clock clock;

    Audiences(ObjectCatalog catalog, EventCodec codec, Clock clock) {
        this.catalog = catalog;
        this.codec = codec;
        this.clock = clock;
    }

    /** @throws RejectedException when the list may not be read, does not exist, is too long, or has a line that is no recipient */
    List<CloudEvent<AudiencePart>> parts(CloudEvent<AttachmentRequested> event, RecipientList list, SourcePolicy policy) {
        var object = policy.download(new AttachmentRef(list.bucket(), list.key(), null, null), event.subject());
        List<CloudEvent<AudiencePart>> parts = new ArrayList<>();
        List<Recipient> recipients = read(catalog.open(object));
        for (int offset = 0; offset < recipients.size(); offset += PART) {
            parts.add(part(event, offset, recipients.subList(offset, Math.min(offset + PART, recipients.size()))));
        }
        return parts;
    }

    private List<Recipient> read(InputStream content) {
        List<Recipient> recipients = new ArrayList<>();
        Set<String> addresses = new HashSet<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8))) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                if (recipients.size() == MOST) {
                    throw new RejectedException(RejectionCode.TOO_MANY_RECIPIENTS, "The recipient list has more than "
                            + MOST + " recipients; send several requests");
                }
                Recipient recipient = codec.readRecipient(line, number);
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
