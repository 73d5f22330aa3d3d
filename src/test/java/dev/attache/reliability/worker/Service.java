package dev.attache.reliability.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A service that the worker calls, and the form of its errors. */
public enum Service {

    /** Amazon SNS API Reference, "Common Errors"; the Query protocol's form of them. */
    SNS {
        @Override
        public void refuse(Fault fault, Socket client) throws IOException {
            answerHttp(client, fault == Fault.THROTTLE ? 400 : 503, """
                <ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>%s</Type><Code>%s</Code>\
                <Message>Refused by the test</Message></Error><RequestId>0</RequestId></ErrorResponse>\
                """.formatted(
                            fault == Fault.THROTTLE ? "Sender" : "Receiver",
                            fault == Fault.THROTTLE ? "Throttling" : "ServiceUnavailable"));
        }
    },

    /** Amazon S3 API Reference, "Error responses". */
    S3 {
        @Override
        public void refuse(Fault fault, Socket client) throws IOException {
            answerHttp(client, 503, """
                <?xml version="1.0" encoding="UTF-8"?>
                <Error><Code>%s</Code><Message>Refused by the test</Message><RequestId>0</RequestId></Error>\
                """.formatted(fault == Fault.THROTTLE ? "SlowDown" : "ServiceUnavailable"));
        }
    },

    /** RFC 5321, section 4.2.3; an exceeded rate as in Amazon SES Developer Guide, "SMTP response codes". */
    SMTP {
        @Override
        public void refuse(Fault fault, Socket client) throws IOException {
            if (fault == Fault.UNAVAILABLE) {
                say(client, "421 4.3.2 Service not available");
                return;
            }
            say(client, "220 proxy ESMTP");
            var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var command = line.toUpperCase(Locale.ROOT);
                if (command.startsWith("QUIT")) {
                    say(client, "221 2.0.0 Bye");
                    return;
                }
                say(
                        client,
                        command.startsWith("MAIL")
                                ? "454 4.7.0 Throttling failure: Maximum sending rate exceeded."
                                : "250 2.0.0 Ok");
            }
        }
    };

    /** Answers a client that connected, once, with {@link Fault#UNAVAILABLE} or {@link Fault#THROTTLE}. */
    abstract void refuse(Fault fault, Socket client) throws IOException;

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Reads the head of the request and responds. The rest is read as well; otherwise the client would get a reset and
     * no response.
     */
    private static void answerHttp(Socket client, int status, String body) throws IOException {
        var in = client.getInputStream();
        for (int ends = 0; ends < 4; ) {
            int next = in.read();
            if (next < 0) {
                return;
            }
            ends = next == "\r\n\r\n".charAt(ends) ? ends + 1 : next == '\r' ? 1 : 0;
        }
        var content = body.getBytes(StandardCharsets.UTF_8);
        var head = """
            HTTP/1.1 %d Refused\r
            Content-Type: text/xml\r
            Content-Length: %d\r
            Connection: close\r
            \r
            """.formatted(status, content.length);
        var out = client.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(content);
        out.flush();
        client.shutdownOutput();
        in.transferTo(OutputStream.nullOutputStream());
    }
}
