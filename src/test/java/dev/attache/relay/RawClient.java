package dev.attache.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An SMTP client that sends exactly the given lines. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final BufferedReader in;

    RawClient(SmtpServer server) throws IOException {
        this.socket = new Socket(server.host(), server.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @return a client that has read the banner and the reply to its EHLO */
    static RawClient greeted(SmtpServer server) throws IOException {
        var client = new RawClient(server);
        client.reply();
        client.send("EHLO client.example");
        client.reply();
        return client;
    }

    /** Sends lines in one write, without waiting for replies. */
    RawClient send(String... lines) throws IOException {
        socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** @return the next reply, its lines separated by a line feed */
    String reply() throws IOException {
        var reply = new StringBuilder();
        while (true) {
            String line = in.readLine();
            if (line == null) {
                throw new IOException("closed by the server after: " + reply);
            }
            reply.append(line);
            if (line.charAt(3) == ' ') {
                return reply.toString();
            }
            reply.append('\n');
        }
    }

    /** Sends lines in one write. @return the next reply */
    String say(String... lines) throws IOException {
        return send(lines).reply();
    }

    /** Sends a whole mail, one command at a time. @return the reply to the last command that was sent */
    String mail(String recipient) throws IOException {
        String reply = say("MAIL FROM:<shop@example.com>");
        for (String command : new String[] {"RCPT TO:<" + recipient + ">", "DATA", "Subject: Hello\r\n\r\nHi\r\n."}) {
            if (reply.charAt(0) > '3') {
                return reply;
            }
            reply = say(command);
        }
        return reply;
    }

    /** @return whether the server has closed the connection orderly */
    boolean closedByServer() throws IOException {
        return in.read() < 0;
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
