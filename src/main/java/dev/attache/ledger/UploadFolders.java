package dev.attache.ledger;

import java.util.List;

/** Looks into the folders that uploads arrive in: an object may be there though S3's notification of it never came. */
@FunctionalInterface
public interface UploadFolders {

    /** The keys of the objects under a prefix, at most a thousand, the oldest object first. */
    List<String> keys(String bucket, String prefix);
}
