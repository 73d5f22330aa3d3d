package dev.attache.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;

/**
 * The content of an object. If it is closed before its end, the connection is dropped; otherwise the SDK's client would
 * read the rest in order to reuse the connection.
 */
final class ObjectContent extends FilterInputStream {

    private final ResponseInputStream<?> response;

    private boolean atEnd;

    ObjectContent(ResponseInputStream<?> response) {
        super(response);
        this.response = response;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        atEnd |= octet < 0;
        return octet;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        atEnd |= count < 0;
        return count;
    }

    @Override
    public void close() throws IOException {
        if (!atEnd) {
            response.abort();
        }
        super.close();
    }
}
