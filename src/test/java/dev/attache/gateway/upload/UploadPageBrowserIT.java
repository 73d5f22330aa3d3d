package dev.attache.gateway.upload;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.FilePayload;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.attache.testing.Chromium;
import dev.attache.testing.RequiresChromium;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** The page's script in Chromium, when the storage refuses a file and when the connection is lost. */
@RequiresChromium
class UploadPageBrowserIT {

    private static final FilePayload PDF = new FilePayload("Contract.pdf", "application/pdf", new byte[4200]);

    private static Playwright playwright;
    private static Browser chromium;

    private final UploadPageFixture fixture = new UploadPageFixture(UploadPageFixture.TERMS);
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> consoleMessages = new CopyOnWriteArrayList<>();
    private final Queue<Integer> storageAnswers = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private MockMvc gateway;
    private HttpServer server;
    private Page page;

    private static final String KEY = "uploads/crm/" + UploadPageFixture.ID + "/1";

    @BeforeAll
    static void startChromium() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Chromium.executable())
                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    static void stopChromium() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void openThePage() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/u/", this::gateway);
        server.createContext("/assets/", this::asset);
        server.createContext("/storage", this::storage);
        server.start();
        String origin = "http://localhost:" + server.getAddress().getPort();
        fixture.signer.url = origin + "/storage?X-Amz-Signature=secret";
        gateway = fixture.browser();
        page = chromium.newContext(new Browser.NewContextOptions().setLocale("en-GB"))
                .newPage();
        page.setDefaultTimeout(10_000);
        page.onConsoleMessage(message -> consoleMessages.add(message.text()));
        page.navigate(origin + "/u/" + UploadPageFixture.PAGE);
    }

    @AfterEach
    void closeThePage() {
        if (page != null) {
            page.context().close();
        }
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }

    @Test
    void aFileIsSentDirectlyToTheStorage() {
        send();

        assertThat(page.locator("#done-heading")).hasText("Thank you, we have it");
        assertThat(page.locator("#done-heading")).isFocused();
        assertThat(received).containsExactly("sign", "put application/pdf * 4200");
        assertThat(consoleMessages).isEmpty();
    }

    @Test
    void anExpiredLinkIsSignedAgain() {
        storageAnswers.addAll(List.of(403, 403, 200));

        send();

        assertThat(page.locator("#done-heading")).hasText("Thank you, we have it");
        assertThat(received).filteredOn("sign"::equals).hasSize(3);
    }

    @Test
    void aLinkIsSignedAgainTwiceAtMost() {
        storageAnswers.addAll(List.of(403, 403, 403, 403));

        send();

        assertThat(page.locator("#problem")).isVisible();
        assertThat(page.locator("#retry")).isVisible();
        assertThat(received).filteredOn("sign"::equals).hasSize(3);
    }

    @Test
    void aFileThatArrivedBeforeTheConnectionWasLostIsReportedAsArrived() {
        page.route(
                "**/storage*",
                route -> {
                    fixture.files.add(KEY, PDF.name, PDF.buffer.length);
                    route.abort("connectionreset");
                },
                new Page.RouteOptions().setTimes(1));

        send();
        assertThat(page.locator("#problem")).containsText("The connection was lost");
        page.locator("#retry").click();

        assertThat(page.locator("#done-heading")).hasText("Your file has already arrived");
    }

    @Test
    void theSameFileInTheStorageIsReportedAsArrived() {
        storageAnswers.add(412);
        page.route(
                "**/storage*",
                route -> {
                    fixture.files.add(KEY, PDF.name, PDF.buffer.length);
                    route.resume();
                },
                new Page.RouteOptions().setTimes(1));

        send();

        assertThat(page.locator("#done-heading")).hasText("Your file has already arrived");
    }

    @Test
    void anotherFileInTheStorageIsReportedAsAProblem() {
        storageAnswers.add(412);
        page.route(
                "**/storage*",
                route -> {
                    fixture.files.add(KEY, "Other.pdf", 99);
                    route.resume();
                },
                new Page.RouteOptions().setTimes(1));

        send();

        assertThat(page.locator("#problem")).containsText("Another file has already arrived");
        assertThat(page.locator("#done-heading")).isHidden();
        assertThat(page.locator("#retry")).isHidden();
    }

    @Test
    void aFileOfAnotherTypeIsRefusedByTheScript() {
        page.locator("#file").setInputFiles(new FilePayload("notes.txt", "text/plain", new byte[1]));

        assertThat(page.locator("#problem")).containsText("Files of this type are not accepted");
        assertThat(received).isEmpty();
    }

    @Test
    void aRefusalByTheServerIsShown() {
        page.locator("#file").setInputFiles(new FilePayload("what.unheard-of", "", new byte[1]));
        page.locator("#send").click();

        assertThat(page.locator("#problem")).containsText("Files of this type are not accepted");
        assertThat(page.locator("#retry")).isHidden();
    }

    private void send() {
        page.locator("#file").setInputFiles(PDF);
        assertThat(page.locator("#send")).isFocused();
        page.keyboard().press("Enter");
    }

    private void gateway(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try {
            if (exchange.getRequestMethod().equals("POST")) {
                received.add("sign");
            }
            MockHttpServletResponse answer = gateway.perform(
                            exchange.getRequestMethod().equals("POST")
                                    ? post(path)
                                            .contentType(MediaType.APPLICATION_JSON)
                                            .header("Accept-Language", "en-GB")
                                            .content(exchange.getRequestBody().readAllBytes())
                                    : get(path).header("Accept-Language", "en-GB"))
                    .andReturn()
                    .getResponse();
            String policy = String.valueOf(answer.getHeader("Content-Security-Policy"));
            answer(
                    exchange,
                    answer.getStatus(),
                    String.valueOf(answer.getContentType()),
                    policy,
                    answer.getContentAsByteArray());
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private void asset(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String type = path.endsWith(".css") ? "text/css" : path.endsWith(".js") ? "text/javascript" : "image/svg+xml";
        try (InputStream asset = Objects.requireNonNull(getClass().getResourceAsStream("/static" + path))) {
            answer(exchange, 200, type, "", asset.readAllBytes());
        }
    }

    private void storage(HttpExchange exchange) throws IOException {
        int size = exchange.getRequestBody().readAllBytes().length;
        received.add("put " + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                + exchange.getRequestHeaders().getFirst("If-None-Match") + " " + size);
        Integer status = storageAnswers.poll();
        answer(exchange, status == null ? 200 : status, "application/xml", "", "<x/>".getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String type, String policy, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (!policy.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Security-Policy", policy);
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
