package dev.attache.reliability.hostile;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Opens many connections to the port of the pages at once. A quarter send one request for a page that does not exist, a
 * quarter ten, a quarter a request byte by byte, and a quarter nothing. Every second connection has its own client
 * address ({@code X-Forwarded-For}), so that the rate limit of a client does not apply.
 */
final class PageFlood implements AutoCloseable {

    private static final int REQUESTS = 10;

    private static final int TIMEOUT_MILLIS = 20_000;

    private static final int SLOW_BYTES = 20;

    private static final long PAUSE_MILLIS = 500;

    private static final int MOST_TRIES = 60;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** The number of responses by status; {@code none} counts connections that were closed without a response. */
    private final Map<String, Long> answers = new ConcurrentHashMap<>();

    private final InetSocketAddress pages;

    PageFlood(int port) {
        this.pages = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Opens connections, without waiting for the responses. */
    void begin(int connections) {
        for (int i = 0; i < connections; i++) {
            int number = i;
            threads.submit(() -> connect(number));
        }
    }

    /** Waits until all connections have ended. */
    void awaitEnd(Duration atMost) throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(atMost.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("The flood did not end within " + atMost);
        }
    }

    Map<String, Long> answers() {
        return new TreeMap<>(answers);
    }

    /**
     * Requests the page in languages that do not exist, one after the other. After a 503, which means that S3 is slow,
     * the request is repeated once.
     */
    void inventLanguages(String path, int from, int to) throws IOException, InterruptedException {
        for (int i = from; i < to; i += REQUESTS) {
            try (Socket socket = open()) {
                for (int j = i; j < i + REQUESTS; j++) {
                    byte[] head =
                            head(path, true, "Accept-Language: de-AT-x%06d,pt-u-nu-x%06d;q=0.9\r\n".formatted(j, j));
                    count(answerInTheEnd(socket, head));
                }
            }
        }
    }

    private static String answerInTheEnd(Socket socket, byte[] head) throws IOException, InterruptedException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        for (int i = 1; ; i++) {
            socket.getOutputStream().write(head);
            String answer = answer(in);
            if (!answer.equals("503") || i == MOST_TRIES) {
                return answer;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void connect(int number) {
        boolean ownAddress = number % 8 < 4;
        try (Socket socket = open()) {
            switch (number % 4) {
                case 0 -> request(socket, 1, ownAddress);
                case 1 -> request(socket, REQUESTS, ownAddress);
                case 2 -> trickle(socket);
                default -> count(answer(socket.getInputStream()));
            }
        } catch (IOException refused) {
            count("none");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket open() throws IOException {
        Socket socket = new Socket();
        socket.connect(pages, TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private void request(Socket socket, int times, boolean ownAddress) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        for (int i = 0; i < times; i++) {
            socket.getOutputStream().write(head("/u/" + random(16), ownAddress, ""));
            count(answer(in));
        }
    }

    private void trickle(Socket socket) throws IOException, InterruptedException {
        byte[] head = head("/u/" + random(16), false, "");
        for (int i = 0; i < SLOW_BYTES; i++) {
            socket.getOutputStream().write(head[i]);
            Thread.sleep(PAUSE_MILLIS);
        }
        count("none");
    }

    private static byte[] head(String path, boolean ownAddress, String more) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String address = ownAddress
                ? "X-Forwarded-For: 10.%d.%d.%d\r\n"
                        .formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256))
                : "";
        return "GET %s HTTP/1.1\r\nHost: localhost\r\n%s%s\r\n"
                .formatted(path, address, more)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String random(int bytes) {
        byte[] id = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** The status of one response, whose body is read as well. */
    private static String answer(InputStream in) throws IOException {
        String status = line(in);
        int length = 0;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
            chunked |= header.equalsIgnoreCase("Transfer-Encoding: chunked");
        }
        while (chunked) {
            int size = Integer.parseInt(line(in), 16);
            in.skipNBytes(size + 2L);
            chunked = size > 0;
        }
        in.skipNBytes(length);
        return status.startsWith("HTTP/1.1 ") ? status.substring(9, 12) : "none";
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private void count(String answer) {
        answers.merge(answer, 1L, Long::sum);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
