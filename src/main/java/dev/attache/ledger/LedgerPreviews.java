package dev.attache.ledger;

import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.DueDownloads;
import dev.attache.ledger.downloads.LinkChanges;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.ledger.keys.Keys;
import dev.attache.ledger.keys.KeysProperties;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.Pause;
import dev.attache.ledger.objects.PreviewS3;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Previews of the ledger for dry runs: the same classes as the worker's, which read its objects and write nothing
 * ({@link PreviewS3}).
 */
public final class LedgerPreviews {

    private final S3Client s3;

    private final LedgerProperties properties;

    private final KeysProperties keysProperties;

    private final Keys keys;

    private final DeliveryHashes hashes;

    private final Pause pause;

    private final LedgerConfiguration uploadBeans = new LedgerConfiguration();

    private final DownloadsConfiguration downloadBeans = new DownloadsConfiguration();

    LedgerPreviews(
            S3Client s3,
            LedgerProperties properties,
            KeysProperties keysProperties,
            Keys keys,
            Keys locatorKeys,
            Pause pause) {
        this.s3 = s3;
        this.properties = properties;
        this.keysProperties = keysProperties;
        this.keys = keys;
        this.hashes = new DeliveryHashes(locatorKeys);
        this.pause = pause;
    }

    /** The ledger as one message would change it. Nothing of it is written. */
    public record Preview(
            OpenUploads uploads,
            DueUploads dueUploads,
            Claims claims,
            LinkChanges linkChanges,
            DueDownloads dueDownloads,
            DeliveryHashes hashes,
            PageTokens tokens) {}

    /** A new preview: the ledger as it is now. */
    public Preview start() {
        PreviewS3 preview = new PreviewS3(s3);
        ConditionalObjects objects = uploadBeans.ledgerObjects(preview, properties, pause);
        S3DueUploads due = uploadBeans.dueUploads(preview, properties);
        return new Preview(
                uploadBeans.openUploads(objects, due, keys, properties, pause),
                due,
                uploadBeans.claims(preview, objects, properties, keysProperties, pause),
                downloadBeans.linkChanges(objects, hashes, properties, pause),
                downloadBeans.dueDownloads(preview, properties),
                hashes,
                downloadBeans.pageTokens(keys));
    }
}
