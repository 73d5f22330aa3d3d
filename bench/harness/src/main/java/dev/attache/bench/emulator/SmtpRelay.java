package dev.attache.bench.emulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/** A mail relay that accepts every mail to recipients of the backlog, counts it and discards it. */
final class SmtpRelay {

    private static final int BACKLOG = 1024;

    private final ServerSocket server;

    private final ReceivedMails mails;

    /** Listens on a free port of the loopback interface. */
    SmtpRelay(ReceivedMails mails) throws IOException {
        this.server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        this.mails = mails;
    }

    int port() {
        return server.getLocalPort();
    }

    void start() {
        Thread.ofPlatform().daemon().name("smtp").start(this::acceptAll);
    }

    private void acceptAll() {
        while (true) {
            try {
                Socket socket = server.accept();
                mails.connected();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                e.printStackTrace();
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            new SmtpSession(socket.getInputStream(), socket.getOutputStream(), mails).run();
        } catch (SocketException reset) {
            // The client closed its connection without QUIT.
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
        }
    }
}
