package dev.attache.story;

import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcePolicy;
import dev.attache.source.SourcesProperties;
import dev.attache.source.SourcesProperties.Source;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Lists the objects that a source may link to, folder by folder. */
public final class SharedObjects {

    /** The entries of one part. */
    static final int PART = 100;

    private static final String SUBJECT = "{subject}";

    private final S3Client s3;

    private final ObjectCatalog catalog;

    private final SourcePolicies policies;

    private final SourcesProperties sources;

    SharedObjects(S3Client s3, ObjectCatalog catalog, SourcePolicies policies, SourcesProperties sources) {
        this.s3 = s3;
        this.catalog = catalog;
        this.policies = policies;
        this.sources = sources;
    }

    /** The names of all sources, sorted. */
    public List<String> sources() {
        return sources.sources().keySet().stream().sorted().toList();
    }

    /**
     * Where a source may look.
     *
     * @param buckets the buckets, the default one first
     * @param folders the folders with the subject; those that need one are missing without it
     * @param needsSubject whether a folder needs the subject of the request
     */
    public record Places(List<String> buckets, List<String> folders, boolean needsSubject) {}

    /** @throws RejectedException {@code SOURCE_NOT_ALLOWED} */
    public Places places(String source, @Nullable String subject) {
        policies.require(source);
        Source settings = Objects.requireNonNull(sources.sources().get(source));
        List<String> buckets = settings.buckets().isEmpty() ? List.of(sources.bucket()) : settings.buckets();
        boolean needsSubject = settings.prefixes().stream().anyMatch(it -> it.contains(SUBJECT));
        List<String> folders = settings.prefixes().stream()
                .flatMap(it -> it.contains(SUBJECT)
                        ? Stream.ofNullable(subject).map(text -> it.replace(SUBJECT, text))
                        : Stream.of(it))
                .filter(folder -> isAllowed(source, subject, buckets.getFirst(), folder + "x"))
                .toList();
        return new Places(buckets, folders, needsSubject);
    }

    /**
     * A part of a folder.
     *
     * @param folders the folders in it, and objects whose keys continue after a slash
     * @param next where the next part begins; empty if there is none
     */
    public record Folder(List<String> folders, List<Listed> objects, Optional<String> next) {

        public Folder {
            folders = List.copyOf(folders);
            objects = List.copyOf(objects);
        }
    }

    /** An object in a folder. */
    public record Listed(String key, long size, Instant lastModified) {}

    /**
     * Lists what begins with a prefix, and to which the source may link.
     *
     * @param prefix the beginning of the keys; must begin with one of {@link Places#folders}
     * @param after {@link Folder#next} of the part before; empty for the first part
     * @return nothing if the source may not link to what begins with the prefix
     */
    public Folder list(
            String source, @Nullable String subject, @Nullable String bucket, String prefix, Optional<String> after) {
        Places places = places(source, subject);
        String in = bucket == null || bucket.isEmpty() ? places.buckets().getFirst() : bucket;
        if (!places.buckets().contains(in)
                || places.folders().stream().noneMatch(folder -> prefix.startsWith(folder))) {
            return new Folder(List.of(), List.of(), Optional.empty());
        }
        ListObjectsV2Response page = s3.listObjectsV2(ListObjectsV2Request.builder()
                .bucket(in)
                .prefix(prefix)
                .delimiter("/")
                .continuationToken(after.orElse(null))
                .maxKeys(PART)
                .build());
        List<String> folders =
                page.commonPrefixes().stream().map(CommonPrefix::prefix).toList();
        List<Listed> objects = page.contents().stream()
                .filter(it -> isAllowed(source, subject, in, it.key()))
                .map(it -> new Listed(it.key(), it.size(), it.lastModified()))
                .toList();
        return new Folder(folders, objects, Optional.ofNullable(page.nextContinuationToken()));
    }

    private boolean isAllowed(String source, @Nullable String subject, String bucket, String key) {
        try {
            policies.require(source).download(new AttachmentRef(bucket, key, null, null), subject);
            return true;
        } catch (RejectedException e) {
            return false;
        }
    }

    /**
     * The object that a source may link to.
     *
     * @param bucket null for the default bucket of the source
     * @throws RejectedException {@code SOURCE_NOT_ALLOWED}, {@code KEY_NOT_ALLOWED}, and those of
     *     {@link ObjectCatalog#find}
     */
    public StoredObject find(String source, @Nullable String subject, @Nullable String bucket, String key) {
        SourcePolicy policy = policies.require(source);
        ObjectRef object = policy.download(new AttachmentRef(bucket, key, null, null), subject);
        return catalog.findFresh(object);
    }
}
