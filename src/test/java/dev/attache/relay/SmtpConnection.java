package dev.attache.relay;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One connection: lines and bytes over plain TCP, later over TLS. Used by one thread, but for {@link #reset()}. */
final class SmtpConnection {

    /** How often a waiting connection checks whether the wait is over. */
    private static final Duration TICK = Duration.ofMillis(25);
    /** A connection reads for this long before it is closed: with unread bytes, closing would send a reset. */
    private static final Duration LINGER = Duration.ofMillis(200);

    private final Socket tcp;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private byte[] buffer = new byte[8192];
    private int start;
    private int end;

    SmtpConnection(Socket tcp) throws IOException {
        this.tcp = tcp;
        this.socket = tcp;
        tcp.setTcpNoDelay(true);
        this.in = tcp.getInputStream();
        this.out = tcp.getOutputStream();
    }

    /** Called when nothing was received for a tick. */
    @FunctionalInterface
    interface OnTick {

        void waited() throws IOException;
    }

    boolean encrypted() {
        return socket != tcp;
    }

    /** @return the next line without its CRLF; a CR or LF alone does not end a line */
    byte[] readLine(OnTick onTick) throws IOException {
        int searched = 0;
        while (true) {
            for (int i = Math.max(start + 1, start + searched); i < end; i++) {
                if (buffer[i] == '\n' && buffer[i - 1] == '\r') {
                    byte[] line = Arrays.copyOfRange(buffer, start, i - 1);
                    start = i + 1;
                    return line;
                }
            }
            searched = end - start;
            if (!fill(TICK)) {
                onTick.waited();
            }
        }
    }

    /**
     * Reads a message up to its final dot, and removes the dot that clients add to lines that begin with one (RFC 5321,
     * section 4.5.2).
     */
    byte[] readMessage() throws IOException {
        var message = new ByteArrayOutputStream();
        while (true) {
            byte[] line = readLine(() -> {});
            int dot = line.length > 0 && line[0] == '.' ? 1 : 0;
            if (dot == 1 && line.length == 1) {
                return message.toByteArray();
            }
            message.write(line, dot, line.length - dot);
            message.write('\r');
            message.write('\n');
        }
    }

    /** Reads and drops that many bytes, but nothing after the final dot of a message. */
    void skip(int bytes) throws IOException {
        int skipped = 0;
        int matched = 2;
        byte[] finalDot = {'\r', '\n', '.', '\r', '\n'};
        while (skipped < bytes && matched < finalDot.length) {
            if (start == end) {
                fill(TICK);
                continue;
            }
            byte next = buffer[start++];
            skipped++;
            matched = next == finalDot[matched] ? matched + 1 : next == '\r' ? 1 : 0;
        }
    }

    void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    void writeSlowly(String text, Duration pausePerByte) throws IOException {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            out.write(b);
            out.flush();
            pause(pausePerByte);
        }
    }

    /** @throws EOFException if the client disconnects before */
    void pause(Duration duration) throws IOException {
        long until = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = until - System.nanoTime()) {
            Duration rest = Duration.ofNanos(left);
            fill(rest.compareTo(TICK) < 0 ? rest : TICK);
        }
    }

    /** @throws EOFException if the client disconnects before */
    void waitUntil(BooleanSupplier condition) throws IOException {
        while (!condition.getAsBoolean()) {
            fill(TICK);
        }
    }

    /** Drops what was received in plain text before, as RFC 3207, section 4.2 demands. */
    void encrypt(SSLContext context) throws IOException {
        start = end;
        var encrypted = (SSLSocket) context.getSocketFactory().createSocket(tcp, InputStream.nullInputStream(), true);
        encrypted.setUseClientMode(false);
        tcp.setSoTimeout(0);
        encrypted.startHandshake();
        socket = encrypted;
        in = encrypted.getInputStream();
        out = encrypted.getOutputStream();
    }

    void close() {
        try {
            socket.shutdownOutput();
            long until = System.nanoTime() + LINGER.toNanos();
            while (System.nanoTime() < until) {
                start = end;
                fill(TICK);
            }
        } catch (IOException e) {
            // The client has closed its side, or the connection is broken.
        } finally {
            closeSocket();
        }
    }

    /** Closing with a linger time of zero sends a reset (RFC 9293, section 3.10.4; {@code SO_LINGER}). */
    void reset() {
        try {
            tcp.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        } finally {
            closeSocket();
        }
    }

    private void closeSocket() {
        try {
            tcp.close();
        } catch (IOException e) {
            // Nothing more can be done with it.
        }
    }

    /** @return whether bytes were received in this time */
    private boolean fill(Duration atMost) throws IOException {
        makeRoom();
        socket.setSoTimeout((int) Math.max(1, atMost.toMillis()));
        try {
            int count = in.read(buffer, end, buffer.length - end);
            if (count < 0) {
                throw new EOFException("the client has closed the connection");
            }
            end += count;
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private void makeRoom() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
    }
}
