package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Requests that browsers do not send: each is refused with a status, and nothing is logged. */
@SandboxTest
@ExtendWith(OutputCaptureExtension.class)
class UnusualRequestsIT {

    private static final String PAGE = "0123456789abcdef0123456789abcdef";

    /** As long as a token, and none. */
    private static final String TOKEN = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    @Autowired
    Surroundings surroundings;

    /** The status of the response; 0 if it has none (HTTP/0.9), or if the connection was closed without a response. */
    private int status(String request) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(),
                URI.create(surroundings.pageOrigin()).getPort())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            String line = firstLine(socket.getInputStream());
            return line.startsWith("HTTP/") ? Integer.parseInt(line.split(" ")[1]) : 0;
        }
    }

    /** Everything that the server sends before it closes the connection. */
    private String answer(String request) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(),
                URI.create(surroundings.pageOrigin()).getPort())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String firstLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\r'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    private static String request(String method, String target, String headers) {
        return "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n".formatted(method, target, headers);
    }

    /** By the web server, Spring MVC or the pages; other parts of the worker may log meanwhile. */
    private static void assertNothingWasLogged(CapturedOutput output) {
        List<String> ofRequests = List.of(
                PAGE,
                "at org.apache.coyote",
                "at org.apache.catalina",
                "Http11Processor",
                "ExceptionResolver",
                "dispatcherServlet]  ",
                "dev.attache.gateway");
        // Some lines: what a failed assertion prints is captured as well, and is in the output of the next test.
        assertThat(output.toString()
                        .lines()
                        .filter(line -> ofRequests.stream().anyMatch(line::contains))
                        .limit(3))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//u//" + PAGE,
                "/u/" + PAGE + ";a=b",
                "/u;a=b/" + PAGE,
                "/u/" + PAGE + "/",
                "/u/" + PAGE + "/sign/x",
                "/u/" + PAGE + "%2f",
                "/u/%2e%2e%2f" + PAGE,
                "/u/../u/" + PAGE,
                "/u/" + PAGE + "%00",
                "/u/" + PAGE + "%",
                "/u/" + PAGE + "|",
                "/u/" + PAGE + "{}",
                "/u/" + PAGE + "\\x",
                "/u/" + PAGE + "?q",
                "/u/",
                "/u",
                "/",
                "/favicon.ico",
                "/robots.txt",
                "/assets/",
                "/assets/nothing.js",
                "/assets/../application.yaml",
                "/assets/%2e%2e/application.yaml",
                "/error",
                "*",
                "http://elsewhere.example/u/" + PAGE,
                "/u/é" + PAGE,
                "/actuator/health"
            })
    void aTargetThatIsNotAPageIsRefusedWithoutALogLine(String target, CapturedOutput output) throws IOException {
        int status = status(request("GET", target, ""));

        // The server's own error page has this status only.
        assertThat(status)
                .as(target)
                .matches(it -> it >= 400 && it < 500
                        || target.equals("/error") && it == 500
                        || target.equals("/") && it < 500);
        assertNothingWasLogged(output);
    }

    /** Over a socket, because HTTP clients send no invalid requests. The sandbox has a page at {@code /}. */
    @ParameterizedTest
    @CsvSource({
        "/nowhere,404",
        "/u,404",
        "/u/,404",
        "/U/" + PAGE + ",404",
        "/u/" + PAGE + "/,404",
        "/u/" + PAGE + "/sign/x,404",
        "/u/" + PAGE + "%,400",
        "/u/" + PAGE + "%zz,400",
        "/u/" + PAGE + "%00,400",
        "/d,404",
        "/d/,404",
        "/D/" + TOKEN + ",404",
        "/d/" + TOKEN + ",404",
        "/d/" + TOKEN + "/,404",
        "/d/" + TOKEN + "/renew,404",
        "/d/" + TOKEN + "/renew/,404",
        "/d/" + TOKEN + "%,400",
        "/d/" + TOKEN + "%00,400",
        "/favicon.ico,404",
        "/robots.txt,404",
        "/login,404",
        "/error,404",
        "/assets/nothing.js,404",
        "/actuator/health,404"
    })
    void everyAddressHasAPageOfOursWithoutAPasswordPrompt(String target, int status) throws IOException {
        String answer = answer(request("GET", target, "Accept-Language: de\r\n"));

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("<main class=\"card notice\">", "lang=\"de\"")
                .containsPattern("(?i)content-security-policy: default-src 'none'")
                .doesNotContain("Whitelabel", "Tomcat", "HTTP Status", "\"timestamp\"", "WWW-Authenticate");
    }

    @ParameterizedTest
    @CsvSource({"GET,/assets/pages.css,200", "GET,/u/x,404", "POST,/u/x/sign,404", "HEAD,/nowhere,404"})
    void aMediaRangeAsContentTypeIsIgnored(String method, String target, int status, CapturedOutput output)
            throws IOException {
        for (String type : List.of("*/*", "application/*+json")) {
            assertThat(status(request(method, target, "Content-Type: " + type + "\r\nContent-Length: 0\r\n")))
                    .as(type)
                    .isEqualTo(status);
        }

        assertThat(output).doesNotContain(" ERROR ", "IllegalArgumentException");
    }

    /** Tomcat does not read the headers, so the language is unknown. */
    @Test
    void anInvalidRequestLineIsAnsweredWithAPage() throws IOException {
        assertThat(answer(request("GET", "/u/" + PAGE + "|", "Accept-Language: de\r\n")))
                .startsWith("HTTP/1.1 400")
                .contains("<main class=\"card notice\">", "This request could not be understood");
    }

    @ParameterizedTest
    @CsvSource({"POST", "PUT", "DELETE", "TRACE", "PROPFIND", "FOO"})
    void aMethodThatAPageDoesNotSupportIsAnsweredWithAPage(String method) throws IOException {
        for (String target : List.of("/u/" + PAGE, "/d/" + TOKEN, "/d/" + TOKEN + "/renew")) {
            assertThat(answer(request(method, target, "")))
                    .as(target)
                    .contains("<main class=\"card notice\">")
                    .doesNotContain("Whitelabel", "Tomcat", "HTTP Status", "\"timestamp\"");
        }
    }

    /** TRACE is refused by Tomcat, the others by Spring MVC. */
    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "PUT", "PROPFIND", "FOO"})
    void aRefusedMethodIsAnsweredWithThoseThatTheAddressAllows(String method) throws IOException {
        assertAllowed(method, "/u/" + PAGE, "GET, HEAD, OPTIONS");
        assertAllowed(method, "/u/" + PAGE + "/sign", "POST, OPTIONS");
        assertAllowed(method, "/d/" + TOKEN, "GET, HEAD, POST, OPTIONS");
        assertAllowed(method, "/d/" + TOKEN + "/renew", "GET, HEAD, POST, OPTIONS");
        assertAllowed(method, "/assets/pages.css", "GET, HEAD, OPTIONS");
    }

    private void assertAllowed(String method, String target, String methods) throws IOException {
        String answer = answer(request(method, target, ""));

        assertThat(answer)
                .as(target)
                .startsWith("HTTP/1.1 405 ")
                .contains("<main class=\"card notice\">")
                .containsPattern("(?i)content-security-policy: default-src 'none'")
                .containsPattern("(?i)\r\nallow: ?[A-Z]");
        assertThat(answer.lines()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("allow:"))
                        .flatMap(line -> Stream.of(line.substring(6).split(","))))
                .map(String::strip)
                .as(target)
                .containsExactlyInAnyOrder(methods.split(", "));
    }

    @Test
    void optionsOfTheWholeServerHaveTheHeadersOfThePages() throws IOException {
        assertThat(answer(request("OPTIONS", "*", "")))
                .startsWith("HTTP/1.1 200 ")
                .contains("Allow: GET, HEAD, POST, OPTIONS\r\n", "X-Content-Type-Options: nosniff")
                .doesNotContain("PUT");
    }

    @ParameterizedTest
    @CsvSource({
        "/d/" + TOKEN + ",application/x-www-form-urlencoded,<main class=\"card notice\">",
        "/u/" + PAGE + "/sign,application/json,\"code\":\"TOO_SLOW\""
    })
    void aBodyThatDoesNotArriveIsAnsweredAsOtherRefusalsAre(String target, String type, String content)
            throws IOException {
        String answer = answer(request("POST", target, "Content-Type: " + type + "\r\nContent-Length: 100\r\n") + "i");

        assertThat(answer)
                .startsWith("HTTP/1.1 408 ")
                .contains(content, "Your connection was too slow")
                .containsPattern("(?i)content-security-policy: default-src 'none'")
                .containsPattern("(?i)connection: close");
    }

    /** What Tomcat refuses before any servlet, or answers to old clients. */
    @ParameterizedTest
    @CsvSource({
        "GET /d/%s HTTP/1.0\\r\\n,404",
        "GET /d/%s HTTP/1.1\\r\\n,400",
        "GET /d/%s HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n,400",
        "GET /d/%s HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: x\\r\\n,400",
        "GET /d/%s HTTP/1.1\\r\\nHost: a\\r\\nExpect: nonsense\\r\\nConnection: close\\r\\n,417",
        "GET /d/%s HTTP/9.9\\r\\nHost: a\\r\\n,505",
        "GET * HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n,400",
        "POST /d/%s HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: nonsense\\r\\n,501"
    })
    void whatTheServerRefusesItselfHasAPageOfOurs(String head, int status) throws IOException {
        assertThat(answer(head.formatted(TOKEN).replace("\\r\\n", "\r\n") + "\r\n"))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("<main class=\"card notice\">")
                .containsPattern("(?i)content-security-policy: default-src 'none'")
                .doesNotContain("Tomcat", "HTTP Status");
    }

    @Test
    void tooLargeTargetsAndHeadersHaveAPageOfOurs() throws IOException {
        for (String request : List.of(
                request("GET", "/d/" + "a".repeat(20_000), ""),
                request("GET", "/d/" + TOKEN, "X-Long: " + "a".repeat(20_000) + "\r\n"),
                request("GET", "/d/" + TOKEN, "X: y\r\n".repeat(3_000)))) {
            assertThat(answer(request))
                    .containsPattern("^HTTP/1.1 4(00|14|31) ")
                    .contains("<main class=\"card notice\">")
                    .doesNotContain("Tomcat", "HTTP Status");
        }
    }

    @ParameterizedTest
    @CsvSource({"TRACE", "CONNECT", "PROPFIND", "PUT", "PATCH", "DELETE", "POST", "FOO", "get", "GET\t"})
    void aMethodThatAPageDoesNotSupportIsRefusedWithoutALogLine(String method, CapturedOutput output)
            throws IOException {
        assertThat(status(request(method, "/u/" + PAGE, ""))).isBetween(400, 501);
        assertThat(status(request(method.equals("POST") ? "PUT" : method, "/u/" + PAGE + "/sign", "")))
                .isBetween(400, 501);
        assertNothingWasLogged(output);
    }

    @Test
    void headAndOptionsAreAnswered(CapturedOutput output) throws IOException {
        assertThat(status(request("HEAD", "/u/" + PAGE, ""))).isEqualTo(404);
        assertThat(status(request("OPTIONS", "/u/" + PAGE, ""))).isLessThan(500);
        assertNothingWasLogged(output);
    }

    @Test
    void hugeTargetsAndHeadersAreRefusedWithoutALogLine(CapturedOutput output) throws IOException {
        assertThat(status(request("GET", "/u/" + "a".repeat(6_000), ""))).isEqualTo(404);
        assertThat(status(request("GET", "/u/" + "a".repeat(20_000), ""))).isBetween(400, 499);
        assertThat(status(request("GET", "/u/" + PAGE, "X-Long: " + "a".repeat(20_000) + "\r\n")))
                .isBetween(400, 499);
        assertThat(status(request("GET", "/u/" + PAGE, "X: y\r\n".repeat(3_000))))
                .isBetween(400, 499);
        assertThat(status(request("GET", "/u/" + PAGE, "Accept-Language: " + "de,".repeat(1_000) + "\r\n")))
                .isEqualTo(404);
        assertNothingWasLogged(output);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
                "GET /u/" + PAGE + "\r\n\r\n",
                "\r\n\r\n\r\nnonsense\r\n\r\n",
                "GET /u/" + PAGE + " HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "GET /u/" + PAGE + " HTTP/1.1\r\n\r\n",
                "GET /u/" + PAGE + " HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /u/" + PAGE + " HTTP/1.1\r\nHost: a_b|\r\n\r\n",
                "GET /u/" + PAGE + " HTTP/1.1\r\nHost: a\r\nNo colon\r\n\r\n",
                "GET /u/" + PAGE + " HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "POST /u/" + PAGE
                        + "/sign HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n",
                "GET /u/" + PAGE + " HTTP/1.1\r\nHost: a\r\nCookie: =;\u0001\r\nConnection: close\r\n\r\n"
            })
    void bytesThatAreNotHttpAreRefusedWithoutALogLine(String bytes, CapturedOutput output) throws IOException {
        assertThat(status(bytes)).isLessThan(506).isNotEqualTo(500);
        assertNothingWasLogged(output);
    }

    /** Spring would read a form of any size before a handler needs it. */
    @ParameterizedTest
    @CsvSource({
        "PUT,application/x-www-form-urlencoded",
        "PATCH,application/x-www-form-urlencoded",
        "DELETE,application/x-www-form-urlencoded",
        "POST,application/x-www-form-urlencoded",
        "POST,multipart/form-data;boundary=x"
    })
    void aFormIsNotReadBeforeItIsRefused(String method, String type, CapturedOutput output) throws IOException {
        // One byte of the announced length: a server that reads the body waits for the rest.
        int status = status(
                request(method, "/u/" + PAGE, "Content-Type: " + type + "\r\nContent-Length: 2000000000\r\n") + "a");

        assertThat(status).isBetween(400, 499);
        assertNothingWasLogged(output);
    }

    /** The requests that one client may send in a minute are as many as the worker handles at once. */
    @Test
    void slowClientsAtOneAddressDoNotBlockOthers() throws IOException {
        byte[] begun = (request(
                                "POST",
                                "/u/" + PAGE + "/sign",
                                "Content-Type: application/json\r\nContent-Length: 100\r\n")
                        + "{")
                .getBytes(StandardCharsets.US_ASCII);
        List<Socket> slow = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(),
                        URI.create(surroundings.pageOrigin()).getPort(),
                        InetAddress.getByName("127.0.0.2"),
                        0);
                slow.add(socket);
                socket.setSoTimeout(15_000);
                socket.getOutputStream().write(begun);
                answers.add(threads.submit(() -> firstLine(socket.getInputStream())));
            }

            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> {
                        assertThat(status(request("GET", "/u/" + PAGE, ""))).isEqualTo(404);
                        return answers.stream().allMatch(Future::isDone);
                    });
            assertThat(answers)
                    .extracting(Future::get)
                    .allMatch(line -> line.contains(" 408 ") || line.contains(" 503 "))
                    .anyMatch(line -> line.contains(" 408 "));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void unknownLanguagesOfErrorPagesAreNotLogged(CapturedOutput output) throws IOException {
        for (int i = 0; i < 20; i++) {
            assertThat(status(request("GET", "/nowhere", "Accept: text/html\r\nAccept-Language: de-x-v" + i + "\r\n")))
                    .isEqualTo(404);
        }
        assertNothingWasLogged(output);
    }
}
