package dev.attache.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;

/**
 * An object's content. Closed before its end, the connection is dropped: the SDK's client would otherwise read all the
 * rest, so as to use the connection again.
 */
final class ObjectContent extends FilterInputStream {

    private final ResponseInputStream<?> response;

    private boolean read;

    ObjectContent(ResponseInputStream<?> response) {
        super(response);
        this.response = response;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        read |= octet < 0;
        return octet;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        read |= count < 0;
        return count;
    }

    @Override
    public void close() throws IOException {
        if (!read) {
            response.abort();
        }
        super.close();
    }
}
