package dev.attache.sandbox.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import dev.attache.sandbox.Upstream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

@SandboxTest
class SandboxPagesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"(/sandbox/assets/[^\"]+)\"");

    @Autowired
    private Surroundings surroundings;

    @Autowired
    private JavaMailSender sender;

    @Autowired
    private Mailbox mailbox;

    @Autowired
    private Upstream upstream;

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final String address = UUID.randomUUID() + "@example.com";

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void theOverviewLeadsToTheConsole() throws IOException, InterruptedException {
        var page = get("/sandbox").body();

        assertThat(page).contains("href=\"" + surroundings.managementOrigin() + "/ops\"");
        var console = http.send(
                HttpRequest.newBuilder(URI.create(surroundings.managementOrigin() + "/ops/sign-in"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(console.body()).contains("<h1>Sign in</h1>");
    }

    @Test
    void theRootPageRedirectsToTheSandbox() throws Exception {
        var answer = get("/");

        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(answer.headers().firstValue("location")).hasValue("/sandbox");
    }

    @Test
    void aSampleIsSentOnlyWithTheTokenOfItsPage() throws Exception {
        var page = get("/sandbox").body();
        var token = TOKEN.matcher(page);

        assertThat(page).contains("attachment-requested-download.json");
        assertThat(token.find()).isTrue();
        assertThat(post("/sandbox/samples/attachment-requested-download", "").statusCode())
                .isEqualTo(404);
        assertThat(post("/sandbox/samples/no-such", token.group(1)).statusCode())
                .isEqualTo(404);
        var sent = post("/sandbox/samples/attachment-requested-download", token.group(1));
        assertThat(sent.statusCode()).isEqualTo(303);
        assertThat(sent.headers().firstValue("location").orElseThrow()).matches("/sandbox\\?sent=[0-9a-f-]{36}");
    }

    @Test
    void theStyleSheetAndTheScriptOfThePageExist() throws Exception {
        var files = ASSET.matcher(get("/sandbox").body())
                .results()
                .map(asset -> asset.group(1))
                .toList();

        assertThat(files).hasSize(2);
        for (var file : files) {
            assertThat(get(file).statusCode()).as(file).isEqualTo(200);
        }
    }

    @Test
    void queuesAreListedWithTheirDepths() throws Exception {
        assertThat(get("/sandbox/queues.json").body())
                .contains("\"queue\":\"attachment-requests\"", "\"deadLetters\":");
    }

    @Test
    @Tag("published-messages")
    void publishedEventsAreListedWithoutWhatGivesAccessToFiles() throws Exception {
        var request = send("attachment-requested-upload");

        var page = awaitPage(
                "/sandbox?sent=" + request, body -> body.contains("&quot;requestId&quot; : &quot;" + request));

        assertThat(page)
                .contains("<strong>link.issued</strong>", "<span class=\"tag\">deliveries</span>", "class=\"mine\"");
        assertThat(page).containsPattern("/u/[0-9a-f]{4}…").doesNotContainPattern("/u/[0-9a-f]{5}");
    }

    @Test
    @Tag("published-messages")
    void theLinksOfARequestAreRevokedAndExtendedFromThePage() throws Exception {
        var request = send("attachment-requested-one-time");

        var revoked = change("revoke", request);
        var extended = change("extend", "another request");

        awaitPage("/sandbox", body -> body.contains("&quot;eventId&quot; : &quot;" + revoked));
        awaitPage("/sandbox", body -> body.contains("&quot;eventId&quot; : &quot;" + extended));
    }

    @Test
    void aDeadLetterIsListedWithCodeAndReasonAndStaysInItsQueue() throws Exception {
        var request = send("attachment-requested-refused");

        var page = awaitPage(
                "/sandbox?sent=" + request, body -> body.contains("&quot;id&quot; : &quot;" + request + "&quot;"));

        assertThat(page)
                .contains(
                        "<strong class=\"bad\">KEY_NOT_ALLOWED</strong>",
                        "<span class=\"tag\">attachment-requests-dlq</span>",
                        "Source crm may not link to key",
                        "<dt>attache-failed-at</dt>");
        upstream.awaitDeadLetter("attachment-requests", request);
    }

    @Test
    void aMailIsShownInAFrameWithoutScripts() throws Exception {
        var message = sender.createMimeMessage();
        var helper = new MimeMessageHelper(message, true, "UTF-8");
        helper.setFrom("attache@example.com");
        helper.setTo(address);
        helper.setSubject("<b>Größe</b>");
        helper.setText(
                "plain", "<html><head></head><body><a href=\"https://example.com/?a=1&amp;b=2\">go</a></body></html>");
        sender.send(message);
        var uid = mailbox.await(address).uid();

        var page = get("/sandbox/mail/" + uid).body();

        assertThat(get("/sandbox/mail").body()).contains(address);
        assertThat(get("/sandbox/mail.json").body()).contains(address);
        assertThat(get("/sandbox/mail/" + uid + ".json").body())
                .contains("\"links\":[\"https://example.com/?a=1&b=2\"]");
        assertThat(page)
                .contains(
                        "<h1>&lt;b&gt;Größe&lt;/b&gt;</h1>",
                        "sandbox=\"allow-downloads allow-popups allow-popups-to-escape-sandbox\"",
                        "srcdoc=\"&lt;html&gt;&lt;head&gt;&lt;base target=&quot;_blank&quot;&gt;");
        assertThat(get("/sandbox/mail/999999").statusCode()).isEqualTo(404);
    }

    /** Sends a sample, and returns its new id. */
    private String send(String sample) throws IOException, InterruptedException {
        var token = TOKEN.matcher(get("/sandbox").body());
        assertThat(token.find()).isTrue();
        return idOfSent(post("/sandbox/samples/" + sample, token.group(1)));
    }

    /** Revokes or extends the links of a request, and returns the id of the event that asks for it. */
    private String change(String change, String requestId) throws IOException, InterruptedException {
        var token = TOKEN.matcher(get("/sandbox").body());
        assertThat(token.find()).isTrue();
        var parameters = "&source=crm&requestId=" + URLEncoder.encode(requestId, StandardCharsets.UTF_8);
        return idOfSent(post("/sandbox/links/" + change, token.group(1), parameters));
    }

    private static String idOfSent(HttpResponse<String> answer) {
        var location = answer.headers().firstValue("location").orElseThrow();
        return location.substring(location.indexOf('=') + 1);
    }

    private String awaitPage(String path, Predicate<String> fits) {
        return Awaitility.await(path).atMost(PATIENCE).until(() -> get(path).body(), fits);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(page(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String token) throws IOException, InterruptedException {
        return post(path, token, "");
    }

    private HttpResponse<String> post(String path, String token, String parameters)
            throws IOException, InterruptedException {
        var form = "_csrf=" + URLEncoder.encode(token, StandardCharsets.UTF_8) + parameters;
        return http.send(
                HttpRequest.newBuilder(page(path))
                        .header("content-type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI page(String path) {
        return URI.create(surroundings.pageOrigin() + path);
    }
}
