package dev.attache.ledger.downloads;

import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.ObjectRef;
import dev.attache.ledger.objects.ConditionalObjects;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Stores the index as empty objects: {@code index/objects/<object>/<UTC minute of issue>/<delivery>}, with the object's
 * hash ({@link DeliveryHashes#object}) and the delivery's {@link DeliveryKey#path}.
 */
public final class S3ObjectIndex implements ObjectIndex {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmm").withZone(ZoneOffset.UTC);

    /** {@code 20261121T1015/<path>}. */
    private static final Pattern NAME = Pattern.compile("[0-9]{8}T[0-9]{4}/[0-9a-f/-]{1,100}");

    private static final int MINUTE_LENGTH = "20261121T1015/".length();

    private static final int MOST_KEYS = 1000;

    private final S3Client s3;

    private final DeliveryHashes hashes;

    private final String bucket;

    private final String folder;

    /** @param prefix the ledger's folder */
    public S3ObjectIndex(S3Client s3, DeliveryHashes hashes, String bucket, String prefix) {
        this.s3 = s3;
        this.hashes = hashes;
        this.bucket = bucket;
        this.folder = prefix + "index/objects/";
    }

    @Override
    public void add(DeliveryKey key, IssuedPage page) {
        String name = MINUTE.format(page.issuedAt()) + "/" + key.path();
        page.page().items().stream()
                .map(DownloadPage.Item::object)
                .map(object -> folderOf(page.source(), object))
                .distinct()
                .forEach(objectFolder -> s3.putObject(
                        it -> it.bucket(bucket)
                                .key(objectFolder + name)
                                .contentType("text/plain")
                                .checksumCRC32(ConditionalObjects.crc32(new byte[0])),
                        RequestBody.empty()));
    }

    @Override
    public Part find(String source, ObjectRef object, Optional<String> after, int most) {
        String objectFolder = folderOf(source, object);
        String position = after.filter(it -> NAME.matcher(it).matches())
                .map(objectFolder::concat)
                .orElse(null);
        ListObjectsV2Response page = s3.listObjectsV2(it ->
                it.bucket(bucket).prefix(objectFolder).startAfter(position).maxKeys(Math.min(most, MOST_KEYS)));
        List<String> names = page.contents().stream()
                .map(S3Object::key)
                .map(key -> key.substring(objectFolder.length()))
                .toList();
        return new Part(
                names.stream()
                        .filter(name -> NAME.matcher(name).matches())
                        .flatMap(name -> DeliveryKey.ofPath(name.substring(MINUTE_LENGTH)).stream())
                        .toList(),
                Boolean.TRUE.equals(page.isTruncated()) ? Optional.of(names.getLast()) : Optional.empty());
    }

    private String folderOf(String source, ObjectRef object) {
        long hash = hashes.object(source, new ObjectRef(object.bucket(), object.key(), null));
        return folder + HexFormat.of().toHexDigits(hash) + "/";
    }
}
