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
 * A door between the worker and one service. Open, it passes every byte as it is (what is signed with this door's
 * address in it stays valid); with a fault, it answers in the service's stead. Each change breaks the connections that
 * there are.
 */
public final class Door implements AutoCloseable {

    private static final int CLIENT_PATIENCE_MILLIS = 30_000;

    private final Optional<Service> service;
    private final int target;
    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile Optional<Fault> fault = Optional.empty();

    /** @param target the service's port on the loopback interface */
    public Door(Service service, int target) {
        this(Optional.of(service), target);
    }

    /** A door before a service that only ever resets connections or does not answer. */
    public Door(int target) {
        this(Optional.empty(), target);
    }

    private Door(Optional<Service> service, int target) {
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

    /** How many connections met a fault so far. */
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
                // The loop ends, or goes on with the next one.
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
            // By either side, or by the next change.
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
            // By either side, or by the next change.
        }
    }

    /** Until one side ends; then both do, for half a connection is of no use to HTTP or SMTP. */
    private void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            // By either side, or by the next change.
        } finally {
            close(from);
            close(to);
        }
    }

    private void breakAll() {
        connections.forEach(this::close);
    }

    /** A close with no time to linger is a reset (RFC 9293, section 3.10.7; {@code SO_LINGER} of zero). */
    private static void reset(Socket client) throws SocketException {
        client.setSoLinger(true, 0);
    }

    private void close(Socket socket) {
        connections.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no more use in any case.
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
