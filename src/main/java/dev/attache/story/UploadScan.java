package dev.attache.story;

import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Searches the records of all uploads, for people who know neither the recipient nor the request of one. The keys of
 * the records say nothing about them, so each record is read: one call of S3 for each.
 */
final class UploadScan {

    private static final Pattern NAME = Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.json");

    /** The most records that are read at the same time. */
    private static final int AT_ONCE = 16;

    private final S3Client s3;

    private final OpenUploads uploads;

    private final String bucket;

    private final String folder;

    /**
     * @param uploads the records as they were written; they are looked up again with what was changed since
     * @param prefix the ledger's folder
     */
    UploadScan(S3Client s3, OpenUploads uploads, String bucket, String prefix) {
        this.s3 = s3;
        this.uploads = uploads;
        this.bucket = bucket;
        this.folder = prefix + "uploads/";
    }

    /**
     * Searches a part of the records.
     *
     * @param wanted which uploads to return
     * @param after {@link Part#next} of the part before; empty for the first part
     * @param most how many records are read, 1,000 at most
     */
    Part search(Predicate<OpenUpload> wanted, Optional<String> after, int most) {
        String position = after.filter(it -> NAME.matcher(it).matches())
                .map(folder::concat)
                .orElse(null);
        ListObjectsV2Response page = s3.listObjectsV2(
                it -> it.bucket(bucket).prefix(folder).startAfter(position).maxKeys(most));
        List<OpenUpload> found = page.contents().stream()
                .map(S3Object::key)
                .flatMap(this::id)
                .gather(Gatherers.mapConcurrent(AT_ONCE, uploads::find))
                .flatMap(Optional::stream)
                .filter(wanted)
                .toList();
        return new Part(
                found,
                page.contents().size(),
                Boolean.TRUE.equals(page.isTruncated())
                        ? Optional.of(page.contents().getLast().key().substring(folder.length()))
                        : Optional.empty());
    }

    private Stream<UUID> id(String key) {
        Matcher name = NAME.matcher(key.substring(folder.length()));
        return name.matches() ? Stream.of(UUID.fromString(name.group(1))) : Stream.empty();
    }

    /**
     * A part of the records.
     *
     * @param searched how many records were read
     * @param next where the next part begins; empty if there is none
     */
    record Part(List<OpenUpload> found, long searched, Optional<String> next) {

        Part {
            found = List.copyOf(found);
        }
    }
}
