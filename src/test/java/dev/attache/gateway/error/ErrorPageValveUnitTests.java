package dev.attache.gateway.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.gateway.PageKind;
import dev.attache.gateway.TestPages;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.coyote.AbstractProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

/** Tomcat with a servlet that fails as the path says, over a socket, because HTTP clients send no invalid requests. */
class ErrorPageValveUnitTests {

    private static WebServer server;

    @BeforeAll
    static void startTomcat() {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
        factory.addConnectorCustomizers(
                connector -> ((AbstractProtocol<?>) connector.getProtocolHandler()).setConnectionTimeout(500));
        ErrorPageConfiguration configuration = new ErrorPageConfiguration();
        configuration
                .errorPageValve(new ErrorPages(TestPages.writer(), List.of(new PageKind("/d/", Set.of("/call"), true))))
                .customize(factory);
        configuration.serverOptions().customize(factory);
        server = factory.getWebServer(
                context -> context.addServlet("failing", new FailingServlet()).addMapping("/"));
        server.start();
    }

    @AfterAll
    static void stopTomcat() {
        if (server != null) {
            server.stop();
        }
    }

    private static final class FailingServlet extends HttpServlet {

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String path = Objects.requireNonNull(request.getServletPath());
            switch (path) {
                case "/throws" -> throw new IllegalStateException("secret detail");
                case "/text" -> {
                    response.setStatus(500);
                    response.getWriter().write("own body");
                }
                default -> response.sendError(Integer.parseInt(path.substring(1)));
            }
        }
    }

    private static String answer(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String get(String target, String headers) throws IOException {
        return answer("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n".formatted(target, headers));
    }

    private static void assertOurPage(String answer) {
        assertThat(answer)
                .startsWith("HTTP/1.1 ")
                .contains("Content-Security-Policy: default-src 'none'")
                .contains("Cache-Control: no-store")
                .contains("Referrer-Policy: no-referrer")
                .contains("Content-Type: text/html;charset=UTF-8")
                .contains("<main class=\"card notice\"")
                .doesNotContain("Tomcat", "HTTP Status", "secret detail");
    }

    @ParameterizedTest
    @CsvSource({
        "/404,404,There is nothing at this address",
        "/403,404,There is nothing at this address",
        "/405,405,This request could not be understood",
        "/408,408,Your connection was too slow",
        "/413,413,This request could not be understood",
        "/414,414,This request could not be understood",
        "/415,415,This request could not be understood",
        "/417,417,This request could not be understood",
        "/431,431,This request could not be understood",
        "/429,429,Too many requests",
        "/501,501,This does not work right now",
        "/500,500,This does not work right now",
        "/throws,500,This does not work right now"
    })
    void anErrorOfAServletIsAnsweredWithAPage(String path, int status, String heading) throws IOException {
        String answer = get(path, "");

        assertOurPage(answer);
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains(heading);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /u/%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /u/% HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /u/%2f HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /u/%00 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /u/%c3%28 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /../x HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /a|b HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /a{b HTTP/1.1\r\nHost: a\r\n\r\n",
                "G\u0001T / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /404 HTTP/9.9\r\nHost: a\r\n\r\n",
                "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /404 HTTP/1.0\r\n\r\n",
                "GET /404 HTTP/1.1\r\nHost: a\r\nExpect: nonsense\r\n\r\n",
                "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n",
                "GET /404 HTTP/1.1\r\n\r\n",
                "GET /404 HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /404 HTTP/1.1\r\nHost: a_b|\r\n\r\n",
                "GET /404 HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "GET /404 HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
                "POST /404 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: nonsense\r\n\r\n",
                "nonsense\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n"
            })
    void anInvalidRequestIsAnsweredWithAPage(String request) throws IOException {
        assertOurPage(answer(request));
    }

    @Test
    void aTooLargeHeaderIsAnsweredWithAPage() throws IOException {
        assertOurPage(get("/404", "X-Long: " + "a".repeat(20_000) + "\r\n"));
        assertOurPage(get("/" + "a".repeat(20_000), ""));
    }

    @Test
    void aPageIsInTheLanguageOfTheBrowser() throws IOException {
        assertThat(get("/404", "Accept-Language: de-CH, en;q=0.5\r\n")).contains("lang=\"de-CH\"");
    }

    /** Tomcat answers TRACE itself. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /d/x      | GET, HEAD, POST, OPTIONS
        /d/x/call | POST, OPTIONS
        /assets/x | GET, HEAD, OPTIONS
        """)
    void traceIsRefusedWithTheMethodsOfTheAddress(String target, String allowed) throws IOException {
        String answer = answer("TRACE " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertOurPage(answer);
        assertThat(answer)
                .startsWith("HTTP/1.1 405 ")
                .containsOnlyOnce("Allow: ")
                .contains("Allow: " + allowed + "\r\n");
    }

    @Test
    void theWholeServerHasTheMethodsOfThePages() throws IOException {
        String answer = answer("OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .contains("Allow: GET, HEAD, POST, OPTIONS\r\n", "X-Content-Type-Options: nosniff", "Content-Length: 0")
                .doesNotContain("PUT", "Server:")
                .endsWith("\r\n\r\n");
    }

    /** The server keeps the connection, and its own state, for another request. */
    @Test
    void aRequestMayFollowOptionsOnTheSameConnection() throws IOException {
        assertThat(answer("OPTIONS * HTTP/1.1\r\n"
                        + "Host: a\r\n\r\n"
                        + "GET /404 HTTP/1.1\r\n"
                        + "Host: a\r\n"
                        + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .contains("HTTP/1.1 404 ", "There is nothing at this address");
    }

    @Test
    void anAnswerWithABodyIsLeftAlone() throws IOException {
        assertThat(get("/text", "")).endsWith("own body");
    }

    @Test
    void headGetsNoBody() throws IOException {
        assertThat(answer("HEAD /404 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .contains(" 404")
                .endsWith("\r\n\r\n");
    }
}
