package dev.attache.ledger.downloads;

import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.JsonRecords;
import dev.attache.ledger.objects.Pause;
import java.util.function.UnaryOperator;

/**
 * Stores uses as JSON objects at {@code uses/<request>/<recipient>-<delivery>} in the ledger's folder. They are apart
 * from the claims, so that marking a mail as sent cannot overwrite a count.
 */
public final class S3DownloadUses implements DownloadUses {

    private final JsonRecords<DownloadUse> records;

    private final String prefix;

    /** @param prefix the ledger's folder */
    public S3DownloadUses(ConditionalObjects objects, String prefix, Pause pause) {
        this.records = new JsonRecords<>(objects, DownloadUse.class, DownloadUse.NONE, pause);
        this.prefix = prefix;
    }

    @Override
    public DownloadUse find(DeliveryKey key) {
        return records.find(key(key));
    }

    @Override
    public DownloadUse change(DeliveryKey key, UnaryOperator<DownloadUse> change) {
        return records.change(key(key), change);
    }

    private String key(DeliveryKey key) {
        return prefix + "uses/" + key.path();
    }
}
