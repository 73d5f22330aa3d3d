package dev.attache.ledger;

import java.util.List;

/** Lists the objects in the folder of an upload, to find files whose notification from S3 was lost. */
@FunctionalInterface
public interface UploadFolders {

    /** The keys of the objects under a prefix, at most a thousand, the oldest object first. */
    List<String> keys(String bucket, String prefix);
}
