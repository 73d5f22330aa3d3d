package dev.attache.operations;

import dev.attache.source.SourcesProperties;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The buckets that the settings name, by setting. Names that stand for something else than a general purpose bucket are
 * refused where that cannot work ("Access point aliases"; "Directory bucket naming rules"; "Object Lambda Access Point
 * aliases").
 *
 * @param all every one of them
 * @param uploads those that people and programs upload to
 */
public record BucketNames(Map<String, String> all, Map<String, String> uploads) {

    private static final Map<String, String> KINDS = Map.of(
            "--x-s3", "a directory bucket, whose links live for five minutes at most and which sends no notifications",
            "--ol-s3", "an alias of an Object Lambda access point, which takes no link that is signed for S3",
            ".mrap", "an alias of a multi-region access point, which takes no link that is signed for one region",
            "--op-s3", "an alias of an access point of S3 on Outposts, which links do not reach",
            "--table-s3", "a table bucket, which holds no files");

    private static final String ACCESS_POINT = "-s3alias";

    /** @throws IllegalStateException for a name that cannot work where it stands */
    public BucketNames {
        all.forEach(BucketNames::requireBucket);
        uploads.forEach((setting, name) -> {
            if (name.endsWith(ACCESS_POINT)) {
                throw refused(
                        setting,
                        name,
                        "an access point's alias, but S3's notifications name the bucket itself: no upload would be"
                                + " recognized. Name the bucket");
            }
        });
    }

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
                    "an ARN: write the bucket's name, or an access point's alias where files are only linked to");
        }
        KINDS.forEach((suffix, kind) -> {
            if (name.endsWith(suffix)) {
                throw refused(setting, name, kind + ". Name a general purpose bucket");
            }
        });
    }

    private static IllegalStateException refused(String setting, String name, String why) {
        return new IllegalStateException("%s is %s, %s".formatted(setting, name, why));
    }
}
