package dev.attache.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An SMTP relay (RFC 5321) on the loopback interface that accepts every mail and discards it. */
final class MailSink implements AutoCloseable {

    private final ServerSocket server;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private MailSink(ServerSocket server) {
        this.server = server;
    }

    static MailSink start() throws IOException {
        MailSink sink = new MailSink(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
        sink.threads.execute(sink::accept);
        return sink;
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> converse(client));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static void converse(Socket client) {
        try (client;
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                Writer replies = new OutputStreamWriter(client.getOutputStream(), StandardCharsets.US_ASCII)) {
            reply(replies, "220 training");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                switch (line.toUpperCase(Locale.ROOT)) {
                    case "DATA" -> {
                        reply(replies, "354 continue");
                        for (String text = lines.readLine(); text != null && !text.equals("."); ) {
                            text = lines.readLine();
                        }
                        reply(replies, "250 accepted");
                    }
                    case "QUIT" -> {
                        reply(replies, "221 closing");
                        return;
                    }
                    default -> reply(replies, "250 ok");
                }
            }
        } catch (IOException closed) {
            // The worker has stopped.
        }
    }

    private static void reply(Writer replies, String reply) throws IOException {
        replies.write(reply + "\r\n");
        replies.flush();
    }
}
