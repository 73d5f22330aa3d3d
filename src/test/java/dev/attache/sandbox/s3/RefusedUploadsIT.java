package dev.attache.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.sandbox.AwsTest;
import dev.attache.sandbox.TestAws;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Uploads that the sandbox's S3 refuses before it has read their content, on connections that the client keeps open.
 */
@AwsTest
@DisabledIfSystemProperty(
        named = "aws",
        matches = "localstack|external",
        disabledReason = "It tests the S3 of the sandbox")
class RefusedUploadsIT {

    private static final int ROUNDS = 500;
    private static final int EARLY_ANSWER_MILLIS = 250;
    private static final int ANSWER_MILLIS = 20_000;

    private final URI link = sign();

    @Test
    void aClientThatKeepsItsConnectionCanSendTheNextRequest() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            for (int i = 0; i < ROUNDS; i++) {
                assertThat(put(http, "text/html")).as("refused upload %d", i).isEqualTo(403);
                assertThat(put(http, "application/pdf"))
                        .as("upload after refused upload %d", i)
                        .isEqualTo(200);
            }
        }
    }

    /** The content is sent so late that S3 may have responded already. */
    @ParameterizedTest
    @ValueSource(ints = {25, 4 * S3ProxyConnections.READ_FIRST})
    void theConnectionIsKeptUnlessTheAnswerSaysThatItCloses(int length) throws Exception {
        try (var socket = new Socket(link.getHost(), link.getPort())) {
            var in = new BufferedInputStream(socket.getInputStream());
            socket.getOutputStream().write(head("text/html", length));
            awaitEarlyAnswer(socket, in);
            sendWhileOpen(socket, new byte[length]);

            var refusal = readAnswer(in);
            assertThat(refusal).first().asString().startsWith("HTTP/1.1 403");
            if (refusal.contains("connection: close")) {
                return;
            }
            socket.getOutputStream().write(head("application/pdf", 1));
            socket.getOutputStream().write('a');
            assertThat(readAnswer(in)).first().asString().startsWith("HTTP/1.1 200");
        }
    }

    private int put(HttpClient http, String contentType) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(link)
                                .PUT(BodyPublishers.ofString("a few bytes"))
                                .header("content-type", contentType)
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private byte[] head(String contentType, int length) {
        return "PUT %s?%s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(link.getRawPath(), link.getRawQuery(), link.getAuthority(), contentType, length)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void awaitEarlyAnswer(Socket socket, InputStream in) throws IOException {
        socket.setSoTimeout(EARLY_ANSWER_MILLIS);
        in.mark(1);
        try {
            in.read();
            in.reset();
        } catch (SocketTimeoutException waitsForContent) {
            // This is allowed.
        }
        socket.setSoTimeout(ANSWER_MILLIS);
    }

    private static void sendWhileOpen(Socket socket, byte[] content) {
        try {
            socket.getOutputStream().write(content);
        } catch (IOException closed) {
            // The response must have announced it.
        }
    }

    /** The status line, and the headers in lower case. The content is skipped. */
    private static List<String> readAnswer(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        int length = 0;
        for (var line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            lines.add(lines.isEmpty() ? line : line.toLowerCase(Locale.ROOT));
            if (lines.getLast().startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        in.skipNBytes(length);
        if (lines.contains("transfer-encoding: chunked")) {
            skipChunks(in);
        }
        return lines;
    }

    private static void skipChunks(InputStream in) throws IOException {
        int size;
        do {
            size = Integer.parseInt(readLine(in), 16);
            in.skipNBytes(size + 2L);
        } while (size > 0);
    }

    private static String readLine(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static URI sign() {
        var aws = TestAws.surroundings();
        return URI.create(aws.clients()
                .presigner()
                .presignPutObject(presign -> presign.signatureDuration(Duration.ofMinutes(5))
                        .putObjectRequest(put ->
                                put.bucket(aws.bucket()).key("ledger/refused").contentType("application/pdf")))
                .url()
                .toString());
    }
}
