package dev.attache.intake;

import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.StoredObject;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The content of a recipient list, read from S3 in slices with one request each. So no connection is open while parts
 * of the list are published, and there is nothing to close if the reading stops early. All slices are of the same
 * version of the object.
 */
final class ListContent extends InputStream {

    static final int SLICE = 128 * 1024;

    private final ObjectCatalog catalog;

    private final StoredObject stored;

    private byte[] slice = new byte[0];

    private int position;

    private long read;

    ListContent(ObjectCatalog catalog, StoredObject stored) {
        this.catalog = catalog;
        this.stored = stored;
    }

    @Override
    public int read() throws IOException {
        return hasMore() ? slice[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int count = Math.min(length, slice.length - position);
        System.arraycopy(slice, position, bytes, offset, count);
        position += count;
        return count;
    }

    private boolean hasMore() throws IOException {
        if (position < slice.length) {
            return true;
        }
        int length = (int) Math.min(SLICE, stored.contentLength() - read);
        if (length <= 0) {
            return false;
        }
        try (InputStream content = catalog.open(stored, read, length)) {
            slice = content.readNBytes(length);
            // The HTTP client reuses the connection only if the end of the content was read.
            content.read();
        }
        if (slice.length < length) {
            throw new EOFException("S3 sent %d of %d bytes of a recipient list".formatted(slice.length, length));
        }
        position = 0;
        read += length;
        return true;
    }
}
