package dev.attache.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** A port of 127.0.0.1 that accepts connections or refuses them, and belongs to this object in both cases. */
final class ServerPort implements AutoCloseable {

    private static final int BACKLOG = 1024;

    private final Consumer<Socket> onConnect;
    private final InetSocketAddress address;
    private ServerSocket listener;
    private Thread acceptor;
    /** While connections are refused: bound, but not listening. */
    private Socket portHolder = new Socket();

    /** @param onConnect called by one thread at a time */
    ServerPort(Consumer<Socket> onConnect) {
        this.onConnect = onConnect;
        try {
            var loopback = InetAddress.getByName("127.0.0.1");
            listener = listen(new InetSocketAddress(loopback, 0));
            address = new InetSocketAddress(loopback, listener.getLocalPort());
            acceptor = startAcceptor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int number() {
        return address.getPort();
    }

    /** After this, {@code onConnect} is not called any more. */
    synchronized void refuse() {
        if (listener.isClosed()) {
            return;
        }
        try {
            stopAcceptor();
            portHolder = new Socket();
            portHolder.setReuseAddress(true);
            portHolder.bind(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void accept() {
        if (!listener.isClosed()) {
            return;
        }
        try {
            portHolder.close();
            listener = listen(address);
            acceptor = startAcceptor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            stopAcceptor();
            portHolder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket listen(InetSocketAddress where) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(where, BACKLOG);
        return socket;
    }

    private Thread startAcceptor() {
        var socket = listener;
        return Thread.startVirtualThread(() -> acceptFrom(socket));
    }

    private void acceptFrom(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                onConnect.accept(socket.accept());
            } catch (IOException e) {
                // The listener was closed, or the client was gone already.
            }
        }
    }

    /** The port is free only when no thread waits for a connection any more. */
    private void stopAcceptor() throws IOException {
        listener.close();
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
