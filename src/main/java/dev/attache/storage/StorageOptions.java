package dev.attache.storage;

import dev.attache.encoding.PercentEncoding;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How S3 stores a new object: its encryption, storage class and tags, as PutObject, POST Object and
 * CreateMultipartUpload request them (Amazon S3 API Reference). Without these values the configuration of the bucket
 * applies, and the storage class is {@code STANDARD}.
 *
 * @param storageClass the value of {@code x-amz-storage-class}; null to request none
 * @param tags the object's tags, in the order of their keys; empty for none
 */
public record StorageOptions(
        ObjectEncryption encryption, @Nullable StorageClass storageClass, Map<String, String> tags) {

    /** Requests nothing: the configuration of the bucket applies. */
    public static final StorageOptions NONE = new StorageOptions(ObjectEncryption.NONE, null, Map.of());

    public StorageOptions {
        // Sorted, so that each link to the same object signs the same header.
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** The tags as the value of {@code x-amz-tagging}, encoded like the query of a URL; empty for no tags. */
    public String tagging() {
        return tags.entrySet().stream()
                .map(tag ->
                        PercentEncoding.VALUE.encode(tag.getKey()) + "=" + PercentEncoding.VALUE.encode(tag.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** The request headers, with lower-case names; empty for {@link #NONE}. */
    public Map<String, String> headers() {
        Map<String, String> headers = withoutTags();
        if (!tags.isEmpty()) {
            headers.put("x-amz-tagging", tagging());
        }
        return headers;
    }

    /** The fields of a POST form. They have the names of the headers, but the tags are XML ("POST Object"). */
    public Map<String, String> fields() {
        Map<String, String> fields = withoutTags();
        if (!tags.isEmpty()) {
            fields.put("tagging", taggingXml());
        }
        return fields;
    }

    private Map<String, String> withoutTags() {
        Map<String, String> headers = new LinkedHashMap<>(encryption.headers());
        if (storageClass != null) {
            headers.put("x-amz-storage-class", storageClass.name());
        }
        return headers;
    }

    /** Tags contain no character that XML escapes: {@link ObjectTags} allows none. */
    private String taggingXml() {
        return tags.entrySet().stream()
                .map(tag -> "<Tag><Key>" + tag.getKey() + "</Key><Value>" + tag.getValue() + "</Value></Tag>")
                .collect(Collectors.joining("", "<Tagging><TagSet>", "</TagSet></Tagging>"));
    }
}
