package dev.attache.story;

import dev.attache.contract.EventCause;
import dev.attache.contract.EventIds;
import dev.attache.contract.EventType;
import dev.attache.download.PageReports;
import dev.attache.ledger.MailRecords;
import dev.attache.ledger.MailRecords.Listing;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.LinkChange;
import dev.attache.ledger.downloads.LinkChanges;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/**
 * Tells what the ledger knows about a request. Mails with a download page are found by the request alone. Uploads, and
 * mails that link directly to S3, are found if the recipient is known as well, because their ids are derived from it.
 */
public final class Stories {

    /** The mails of one part of a story. */
    public static final int PART = 20;

    /** The most deliveries of one story that are looked up at the same time. */
    private static final int AT_ONCE = 8;

    private final MailRecords mails;

    private final PageReports reports;

    private final OpenUploads uploads;

    private final LinkChanges changes;

    private final DeliveryHashes hashes;

    private final RequestLetters letters;

    private final DeliveryTimeline deliveries;

    private final UploadTimeline timeline;

    Stories(
            MailRecords mails,
            PageReports reports,
            OpenUploads uploads,
            LinkChanges changes,
            DeliveryHashes hashes,
            RequestLetters letters,
            UploadTimeline timeline) {
        this.mails = mails;
        this.reports = reports;
        this.uploads = uploads;
        this.changes = changes;
        this.hashes = hashes;
        this.letters = letters;
        this.deliveries = new DeliveryTimeline(mails);
        this.timeline = timeline;
    }

    /**
     * The story of a request.
     *
     * @param recipients addresses of recipients, if they are known
     * @param known the ids of uploads that were found by {@link MailSearch}
     * @param after {@link RequestStory#next} of the part before; empty for the first part
     */
    public RequestStory of(
            String source, String requestId, Set<String> recipients, Set<UUID> known, Optional<String> after) {
        long request = hashes.request(source, requestId);
        Listing listing = mails.ofRequest(request, after, PART);
        boolean isWhole = after.isEmpty() && listing.next().isEmpty();
        List<StoryEvent> events =
                new ArrayList<>(ChangeTimeline.of(changes.ofRequest(source, requestId), "All links of the request"));
        recipients.forEach(address -> events.addAll(direct(source, requestId, address)));
        List<NamedLetter> named = letters.of(source, requestId);
        named.forEach(letter -> events.add(new StoryEvent(letter.seenAt(), StoryEvent.Kind.DEAD_LETTER, text(letter))));
        events.sort(Comparator.comparing(StoryEvent::at));
        return new RequestStory(
                source,
                requestId,
                isWhole ? listing.searched() : mails.count(request, RequestStory.MOST_COUNTED),
                deliveries(listing.mails()),
                listing.next(),
                uploads(source, requestId, recipients, known),
                events,
                named);
    }

    private static String text(NamedLetter letter) {
        return letter.queue() + ": "
                + (letter.code() == null ? "moved by SQS" : letter.code())
                + (letter.reason() == null ? "" : ". " + letter.reason());
    }

    /** The delivery with this key; empty if the ledger has no page for it. */
    public Optional<DeliveryStory> delivery(DeliveryKey key) {
        return mails.find(key).flatMap(mail -> mail.page().map(page -> deliveries.of(mail, reports.of(key, page))));
    }

    /** The deliveries with these keys. Mails that lead to the page of another one are left out. */
    public List<DeliveryStory> deliveries(List<DeliveryKey> keys) {
        return keys.stream()
                .gather(Gatherers.mapConcurrent(AT_ONCE, this::delivery))
                .flatMap(Optional::stream)
                .toList();
    }

    /** An upload; empty if the ledger has none with this id. */
    public Optional<UploadStory> upload(UUID id) {
        return uploads.find(id).map(timeline::of);
    }

    private List<UploadStory> uploads(String source, String requestId, Set<String> recipients, Set<UUID> known) {
        Stream<UUID> derived = Stream.concat(Stream.of(""), recipients.stream())
                .map(address -> EventIds.derive(source, requestId, "upload", address));
        return Stream.concat(derived, known.stream())
                .distinct()
                .flatMap(id -> uploads.find(id).stream())
                .filter(upload -> isOf(upload, source, requestId))
                .map(timeline::of)
                .toList();
    }

    private static boolean isOf(OpenUpload upload, String source, String requestId) {
        return upload.source().equals(source) && upload.requestId().equals(requestId);
    }

    /** The mail that links directly to S3, or to an upload page. The latter is a part of the upload's story. */
    private List<StoryEvent> direct(String source, String requestId, String address) {
        String deliveryId = new EventCause(source, requestId).idFor(List.of(EventType.LINK_ISSUED.name(), address));
        boolean isUpload = uploads.find(EventIds.derive(source, requestId, "upload", address))
                .isPresent();
        return isUpload
                ? List.of()
                : mails
                        .find(deliveryId)
                        .filter(mail -> mail.page().isEmpty())
                        .flatMap(mail -> DeliveryTimeline.mail(mail, "To the given recipient, without a download page"))
                        .stream()
                        .toList();
    }

    /** Those of these sources in which something is known about a request with this id. */
    public List<String> sourcesOf(String requestId, Set<String> recipients, List<String> sources) {
        return sources.stream()
                .gather(Gatherers.mapConcurrent(
                        AT_ONCE,
                        source -> isKnown(source, requestId, recipients)
                                ? Optional.of(source)
                                : Optional.<String>empty()))
                .flatMap(Optional::stream)
                .toList();
    }

    private boolean isKnown(String source, String requestId, Set<String> recipients) {
        return !mails.ofRequest(hashes.request(source, requestId), Optional.empty(), 1)
                        .mails()
                        .isEmpty()
                || !uploads(source, requestId, recipients, Set.of()).isEmpty()
                || recipients.stream()
                        .anyMatch(address -> !direct(source, requestId, address).isEmpty())
                || !changes.ofRequest(source, requestId).equals(LinkChange.NONE)
                || letters.of(source, requestId).stream().findAny().isPresent();
    }
}
