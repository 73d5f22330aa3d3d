package dev.attache.ledger.keys;

import dev.attache.ledger.objects.PreviewS3;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of this installation for dry runs, which create none. While the installation has no keys, there is nothing
 * that they could verify or find, and a random key takes their place.
 */
public final class PreviewKeys implements Keys {

    private final Supplier<PreviewS3> previews;

    private final Function<PreviewS3, Keys> reading;

    private volatile @Nullable Keys known;

    /**
     * @param previews a new one at each call
     * @param reading the keys of the installation, read with this client
     */
    public PreviewKeys(Supplier<PreviewS3> previews, Function<PreviewS3, Keys> reading) {
        this.previews = previews;
        this.reading = reading;
    }

    @Override
    public Key newest() {
        return keys().newest();
    }

    @Override
    public List<Key> all() {
        return keys().all();
    }

    private Keys keys() {
        Keys keys = known;
        if (keys != null) {
            return keys;
        }
        PreviewS3 preview = previews.get();
        Keys read = Keys.of(reading.apply(preview).all());
        if (preview.isUnchanged()) {
            known = read;
        }
        return read;
    }
}
