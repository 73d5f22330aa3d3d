package dev.attache.story;

import dev.attache.contract.value.Addresses;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import dev.attache.ledger.MailRecords;
import dev.attache.ledger.MailRecords.Listing;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.ObjectIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds requests by a recipient, by an object, or by the id of an upload's request. A search reads a bounded part of
 * the ledger and says where the next part begins.
 */
public final class MailSearch {

    /** The calls of S3 in one part of a search by recipient, each of which lists 1,000 mails. */
    static final int CALLS = 100;

    /** The records of uploads that one part of a search reads. */
    static final int UPLOADS = 500;

    /** A position in the records of uploads begins with this; others are positions in the list of mails. */
    private static final String IN_UPLOADS = "uploads:";

    private final MailRecords mails;

    private final UploadScan uploads;

    private final Stories stories;

    private final DeliveryHashes hashes;

    private final ObjectIndex index;

    MailSearch(MailRecords mails, UploadScan uploads, Stories stories, DeliveryHashes hashes, ObjectIndex index) {
        this.mails = mails;
        this.uploads = uploads;
        this.stories = stories;
        this.hashes = hashes;
        this.index = index;
    }

    /**
     * A part of a search.
     *
     * @param mails how many mails were looked at
     * @param records how many records of uploads were read
     * @param percent the part of the ledger that was searched, as far as is known: hashes are evenly distributed
     * @param next where the next part begins; empty if all was searched
     */
    public record Found(
            List<DeliveryStory> deliveries,
            List<UploadStory> uploads,
            long mails,
            long records,
            int percent,
            Optional<String> next) {

        public Found {
            deliveries = List.copyOf(deliveries);
            uploads = List.copyOf(uploads);
        }
    }

    /**
     * Searches by recipient: first all mails with a download page, then the records of uploads.
     *
     * @param sources the sources in whose requests to look
     * @param after {@link Found#next} of the part before; empty for the first part
     */
    public Found toRecipient(String address, List<String> sources, Optional<String> after) {
        if (after.isPresent() && after.get().startsWith(IN_UPLOADS)) {
            String wanted = Addresses.canonical(address);
            return inUploads(
                    upload -> sources.contains(upload.source()) && isAbout(upload, wanted),
                    after.get().substring(IN_UPLOADS.length()));
        }
        Set<Long> recipients = sources.stream()
                .map(source -> hashes.recipient(source, address))
                .collect(Collectors.toSet());
        Listing listing = mails.toRecipients(recipients, after, CALLS);
        return new Found(
                stories.deliveries(listing.mails()),
                List.of(),
                listing.searched(),
                0,
                listing.next().map(next -> percent(next) * 9 / 10).orElse(90),
                Optional.of(listing.next().orElse(IN_UPLOADS)));
    }

    /** The person who is asked for the file, or who is notified. */
    private static boolean isAbout(OpenUpload upload, String address) {
        return Stream.concat(Stream.ofNullable(upload.recipient()), upload.toNotify().stream())
                .map(Recipient::address)
                .map(Addresses::canonical)
                .anyMatch(address::equals);
    }

    /** Searches the records of uploads for those of a request whose recipient is not known. */
    public Found uploadsOf(String source, String requestId, Optional<String> after) {
        return inUploads(
                upload -> upload.source().equals(source) && upload.requestId().equals(requestId),
                after.map(it -> it.replace(IN_UPLOADS, "")).orElse(""));
    }

    private Found inUploads(Predicate<OpenUpload> wanted, String position) {
        UploadScan.Part part =
                uploads.search(wanted, position.isEmpty() ? Optional.empty() : Optional.of(position), UPLOADS);
        return new Found(
                List.of(),
                part.found().stream()
                        .flatMap(upload -> stories.upload(upload.id()).stream())
                        .toList(),
                0,
                part.searched(),
                part.next().map(next -> 90 + percent(next) / 10).orElse(100),
                part.next().map(IN_UPLOADS::concat));
    }

    /** Whether the installation keeps an index of objects. */
    public boolean hasIndex() {
        return index.isKept();
    }

    /** The mails that lead to an object, in the order in which they were issued; see {@link ObjectIndex}. */
    public Found toObject(String source, ObjectRef object, Optional<String> after) {
        ObjectIndex.Part part = index.find(source, object, after, Stories.PART);
        return new Found(
                stories.deliveries(part.deliveries()),
                List.of(),
                part.deliveries().size(),
                0,
                part.next().isEmpty() ? 100 : 0,
                part.next());
    }

    /** How far a position is in the space of evenly distributed hexadecimal names, 0 to 100. */
    static int percent(String position) {
        List<Character> digits = new ArrayList<>();
        position.chars()
                .mapToObj(it -> (char) it)
                .filter(it -> Character.digit(it, 16) >= 0)
                .limit(4)
                .forEach(digits::add);
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = value * 16 + (i < digits.size() ? Character.digit(digits.get(i), 16) : 0);
        }
        return (int) (value * 100L / 65_536);
    }
}
