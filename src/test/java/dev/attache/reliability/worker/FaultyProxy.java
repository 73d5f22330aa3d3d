package dev.attache.reliability.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy between the worker and one service. Without a fault it forwards all bytes unchanged, so that signatures
 * with its address stay valid. With a fault it answers in place of the service. Each change resets all open
 * connections.
 */
public final class FaultyProxy implements AutoCloseable {

    private static final int CLIENT_PATIENCE_MILLIS = 30_000;

    private final Optional<Service> service;
    private final int target;
    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile Optional<Fault> fault = Optional.empty();

    /** @param target the service's port on the loopback interface */
    public FaultyProxy(Service service, int target) {
        this(Optional.of(service), target);
    }

    /** For a service whose faults are only reset connections and silence. */
    public FaultyProxy(int target) {
        this(Optional.empty(), target);
    }

    private FaultyProxy(Optional<Service> service, int target) {
        this.service = service;
        this.target = target;
        try {
            this.server = new ServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.submit(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The number of connections during faults. */
    public int refused() {
        return refused.get();
    }

    public void begin(Fault fault) {
        this.fault = Optional.of(fault);
        breakAll();
    }

    public void end() {
        this.fault = Optional.empty();
        breakAll();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                connections.add(client);
                threads.submit(() -> serve(client));
            } catch (IOException closed) {
                // The loop ends, or continues with the next connection.
            }
        }
    }

    private void serve(Socket client) {
        var now = fault;
        try {
            if (now.isEmpty()) {
                pass(client);
                return;
            }
            refused.incrementAndGet();
            client.setSoTimeout(CLIENT_PATIENCE_MILLIS);
            switch (now.get()) {
                case UNAVAILABLE, THROTTLE -> service.orElseThrow().refuse(now.get(), client);
                case HANG -> client.getInputStream().transferTo(OutputStream.nullOutputStream());
                case RESET -> reset(client);
            }
        } catch (IOException broken) {
            // Closed by either side, or by the next change of the fault.
        } finally {
            close(client);
        }
    }

    private void pass(Socket client) throws IOException {
        try (var service = new Socket(InetAddress.getByName("127.0.0.1"), target)) {
            connections.add(service);
            var answers = threads.submit(() -> copy(service, client));
            copy(client, service);
            answers.get();
        } catch (Exception broken) {
            // Closed by either side, or by the next change of the fault.
        }
    }

    /**
     * Until one side closes its connection. Then the other is closed as well: neither HTTP nor SMTP uses half-closed
     * connections.
     */
    private void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            // Closed by either side, or by the next change of the fault.
        } finally {
            close(from);
            close(to);
        }
    }

    private void breakAll() {
        connections.forEach(this::close);
    }

    /** Closing with a linger time of zero sends a reset (RFC 9293, section 3.10.7; {@code SO_LINGER} of zero). */
    private static void reset(Socket client) throws SocketException {
        client.setSoLinger(true, 0);
    }

    private void close(Socket socket) {
        connections.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // The connection is not used any more.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        breakAll();
        threads.shutdownNow();
        threads.close();
    }
}
