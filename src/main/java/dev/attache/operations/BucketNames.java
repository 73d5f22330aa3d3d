package dev.attache.operations;

import dev.attache.source.SourcesProperties;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The configured bucket names, by setting. It refuses names of other resources than general purpose buckets if these
 * cannot work ("Access point aliases"; "Directory bucket naming rules"; "Object Lambda Access Point aliases").
 *
 * @param all all buckets
 * @param uploads the buckets for uploads
 */
public record BucketNames(Map<String, String> all, Map<String, String> uploads) {

    private static final Map<String, String> KINDS = Map.of(
            "--x-s3", "a directory bucket, whose links live five minutes at most, and which sends no notifications",
            "--ol-s3", "an alias of an Object Lambda access point, which accepts no link that is signed for S3",
            ".mrap", "an alias of a multi-region access point, which accepts no link that is signed for one region",
            "--op-s3", "an alias of an access point of S3 on Outposts, which links cannot reach",
            "--table-s3", "a table bucket, which contains no files");

    private static final String ACCESS_POINT = "-s3alias";

    /** @throws IllegalStateException if a setting has a name that cannot work */
    public BucketNames {
        all.forEach(BucketNames::requireBucket);
        uploads.forEach((setting, name) -> {
            if (name.endsWith(ACCESS_POINT)) {
                throw refused(
                        setting,
                        name,
                        "an access point's alias, but S3's notifications contain the bucket's name, so no upload would"
                                + " be recognized. Set it to the bucket's name");
            }
        });
    }

    /** Collects the names from the settings. */
    public static BucketNames of(SourcesProperties sources, String ledger) {
        Map<String, String> all = new LinkedHashMap<>();
        Map<String, String> uploads = new LinkedHashMap<>();
        uploads.put("attache.bucket", sources.bucket());
        sources.sources().forEach((name, source) -> {
            String prefix = "attache.sources." + name;
            for (int i = 0; i < source.buckets().size(); i++) {
                all.put(prefix + ".buckets[" + i + "]", source.buckets().get(i));
            }
            if (source.uploadBucket() != null) {
                uploads.put(prefix + ".upload-bucket", source.uploadBucket());
            }
        });
        all.putAll(uploads);
        all.put("attache.ledger.bucket", ledger);
        return new BucketNames(all, uploads);
    }

    private static void requireBucket(String setting, String name) {
        if (name.startsWith("arn:")) {
            throw refused(
                    setting,
                    name,
                    "an ARN. Set it to the bucket's name, or to an access point's alias if it is only for downloads");
        }
        KINDS.forEach((suffix, kind) -> {
            if (name.endsWith(suffix)) {
                throw refused(setting, name, kind + ". Set it to a general purpose bucket");
            }
        });
    }

    private static IllegalStateException refused(String setting, String name, String why) {
        return new IllegalStateException("%s is %s, %s".formatted(setting, name, why));
    }
}
