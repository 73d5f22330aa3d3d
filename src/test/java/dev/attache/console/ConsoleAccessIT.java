package dev.attache.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.audit.AuditLog;
import dev.attache.queues.PauseFlags;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Sign-in, sessions and roles of the console at the management port. */
@SandboxTest
class ConsoleAccessIT {

    @Autowired
    private Surroundings surroundings;

    @Autowired
    private AuditLog audit;

    @Autowired
    private PauseFlags pauses;

    private ConsoleClient client;

    @BeforeEach
    void open() {
        client = new ConsoleClient(surroundings.managementOrigin());
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void thePublicPortHasNoConsole() {
        try (var visitor = new ConsoleClient(surroundings.pageOrigin())) {
            assertThat(visitor.get("/ops").statusCode()).isEqualTo(404);
            assertThat(visitor.get("/ops/sign-in").statusCode()).isEqualTo(404);
            assertThat(visitor.get("/ops").body()).contains("<h1").doesNotContain("Attaché console");
            assertThat(visitor.get("/actuator/health").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void whoIsNotSignedInIsSentToTheSignInPage() {
        var response = client.get("/ops");

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).hasValue("/ops/sign-in");
        assertThat(client.get("/ops/sign-in").body()).contains("<h1>Sign in</h1>");
    }

    @Test
    void anOperatorSignsInAndOut() {
        var signedIn = client.signIn("operator", "operator");

        assertThat(signedIn.statusCode()).isEqualTo(303);
        assertThat(signedIn.headers().firstValue("Location")).hasValue("/ops");
        assertThat(signedIn.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("attache-session=")
                        .contains("HttpOnly", "SameSite=Lax", "Path=/ops"));
        assertThat(client.get("/ops").statusCode()).isEqualTo(200);
        assertThat(client.get("/ops").body()).contains("Queues", "operator");
    }

    @Test
    void whoAskedForAPageGetsItAfterTheSignIn() {
        String signIn = client.get("/ops/audit?containing=sign-in")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(signIn).isEqualTo("/ops/sign-in?continue=%2Fops%2Faudit%3Fcontaining%3Dsign-in");

        var signedIn = client.submit(
                signIn,
                "/ops/sign-in",
                Map.of("username", "operator", "password", "operator", "continue", "/ops/audit?containing=sign-in"));

        assertThat(signedIn.headers().firstValue("Location")).hasValue("/ops/audit?containing=sign-in");
    }

    @Test
    void aSignInLeadsToNoOtherSite() {
        var signedIn = client.submit(
                "/ops/sign-in",
                "/ops/sign-in",
                Map.of("username", "operator", "password", "operator", "continue", "//evil.example"));

        assertThat(signedIn.headers().firstValue("Location")).hasValue("/ops");
    }

    @Test
    void aSignOutEndsTheSession() {
        client.signIn("viewer", "viewer");

        var signedOut = client.submit("/ops", "/ops/sign-out", Map.of());

        assertThat(signedOut.statusCode()).isEqualTo(303);
        assertThat(signedOut.headers().firstValue("Location")).hasValue("/ops/sign-in?signed-out");
        assertThat(client.get("/ops").statusCode()).isEqualTo(303);
        assertThat(client.get("/ops/sign-in?signed-out").body()).contains("You are signed out.");
    }

    @Test
    void aSignInNeedsTheTokenOfItsForm() {
        assertThat(client.post("/ops/sign-in", Map.of("username", "operator", "password", "operator"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aPageThatPollsIsLedToTheSignIn() {
        var poll = client.send("/ops", request -> request.header("HX-Request", "true"));

        assertThat(poll.statusCode()).isEqualTo(401);
        assertThat(poll.headers().firstValue("HX-Redirect")).hasValue("/ops/sign-in?ended");
    }

    @Test
    void aScriptUsesHttpBasic() {
        var refused = client.get("/ops/api/nothing");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Basic ");
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");

        var found = client.send(
                "/ops/api/nothing",
                request -> request.header("Authorization", ConsoleClient.basic("operator", "operator")));

        assertThat(found.statusCode()).isEqualTo(404);
        assertThat(found.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(found.headers().firstValue("Set-Cookie")).isEmpty();
    }

    /** A person's password is for the page, where guesses are seen; pages take no HTTP Basic. */
    @Test
    void pagesTakeNoHttpBasic() {
        var page = client.send(
                "/ops", request -> request.header("Authorization", ConsoleClient.basic("operator", "operator")));

        assertThat(page.statusCode()).isEqualTo(303);
    }

    @Test
    void wrongPasswordsAreSlowedDownForTheirNameOnly() {
        HttpResponse<String> refused = client.signIn("slowed", "wrong");
        for (int i = 0; i < 20 && refused.statusCode() == 401; i++) {
            refused = client.signIn("slowed", "wrong");
        }

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isPositive();
        assertThat(refused.body()).contains("Too many wrong passwords.");
        var script = client.send(
                "/ops/api/nothing", request -> request.header("Authorization", ConsoleClient.basic("slowed", "x")));
        assertThat(script.statusCode()).isEqualTo(429);
        assertThat(script.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isPositive();
        assertThat(client.signIn("operator", "operator").statusCode()).isEqualTo(303);
    }

    @Test
    void theUserOfTheActuatorIsNoneOfTheConsole() {
        assertThat(client.signIn("sandbox", "sandbox").statusCode()).isEqualTo(401);
        assertThat(client.send(
                                "/ops/api/queues",
                                request -> request.header("Authorization", ConsoleClient.basic("sandbox", "sandbox")))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aScriptReadsQueuesAndPausesAnInput() {
        var password = ConsoleClient.basic("operator", "operator");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(
                                client.send("/ops/api/queues", request -> request.header("Authorization", password))
                                        .body())
                        .contains("\"name\":\"purchases-completed\"", "\"visible\":"));

        var paused = client.send(
                "/ops/api/queues/purchases-completed/pause",
                request -> request.header("Authorization", password)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"reason\":\"a test\"}")));
        assertThat(paused.statusCode()).isEqualTo(204);
        assertThat(pauses.all()).containsKey("purchases-completed");
        var resumed = client.send(
                "/ops/api/queues/purchases-completed/resume",
                request -> request.header("Authorization", password).POST(BodyPublishers.noBody()));
        assertThat(resumed.statusCode()).isEqualTo(204);

        assertThat(pauses.all()).doesNotContainKey("purchases-completed");
        assertThat(client.send(
                                "/ops/api/audit?containing=purchases-completed",
                                request -> request.header("Authorization", password))
                        .body())
                .contains("\"action\":\"input.pause\"", "\"action\":\"input.resume\"", "\"reason\":\"a test\"");
    }

    @Test
    void anInputIsPausedWithAReasonOnly() {
        client.signIn("operator", "operator");
        var token = client.csrf("/ops/queues/purchases-completed/pause");

        assertThat(client.post("/ops/queues/purchases-completed/pause", Map.of("_csrf", token, "reason", " "))
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.post("/ops/queues/unknown/pause", Map.of("_csrf", token, "reason", "x"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(client.get("/ops/queues/attachment-requests-dlq/pause").statusCode())
                .isEqualTo(404);
        assertThat(pauses.all()).isEmpty();
    }

    @Test
    void signInsAreAudited() {
        client.signIn("viewer", "viewer");

        assertThat(audit.latest(50, null, "").entries()).anySatisfy(entry -> {
            assertThat(entry.actor()).isEqualTo("viewer");
            assertThat(entry.action()).isEqualTo("sign-in");
            assertThat(entry.details()).containsEntry("client", "127.0.0.1");
        });
    }

    @Test
    void whoIsNotSignedInMaySendSmallBodiesOnly() {
        var large = Map.of("username", "operator", "password", "x".repeat(20_000));

        var refused = client.post("/ops/sign-in", large);

        assertThat(refused.statusCode()).isEqualTo(413);
        client.signIn("operator", "operator");
        var token = client.csrf("/ops");
        assertThat(client.post("/ops/nothing", Map.of("_csrf", token, "body", "x".repeat(2_000_000)))
                        .statusCode())
                .isEqualTo(404);
        assertThat(client.post("/ops/nothing", Map.of("_csrf", token, "body", "x".repeat(5_000_000)))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void aBodyStatesItsLength() {
        var refused = client.send(
                "/ops/sign-in",
                request -> request.POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[10]))));

        assertThat(refused.statusCode()).isEqualTo(411);
    }

    @Test
    void everyAnswerHasItsSecurityHeaders() {
        var headers = client.get("/ops/sign-in").headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("same-origin");
        assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
        assertThat(headers.firstValue("Cache-Control").orElseThrow()).contains("no-store");
    }

    @Test
    void browsersMayKeepAssets() {
        var page = client.get("/ops/sign-in").body();
        var address = Pattern.compile("/ops/assets/console\\.css\\?v=[0-9a-f]+").matcher(page);
        assertThat(address.find()).isTrue();

        var css = client.get(address.group());

        assertThat(css.statusCode()).isEqualTo(200);
        assertThat(css.headers().firstValue("Content-Type")).hasValue("text/css;charset=UTF-8");
        assertThat(css.headers().firstValue("Cache-Control").orElseThrow()).contains("max-age=31536000", "immutable");
        assertThat(client.get("/ops/assets/nothing.css").statusCode()).isEqualTo(404);
    }

    @Test
    void aWrongPasswordIsRefused() {
        var refused = client.signIn("operator", "wrong");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("The name or the password is wrong.");
        assertThat(refused.body()).containsPattern("name=\"_csrf\" value=\"[^\"]+\"");
        assertThat(client.get("/ops").statusCode()).isEqualTo(303);
    }

    @Test
    void anUnknownAddressOfTheConsoleHasItsOwnPage() {
        client.signIn("viewer", "viewer");

        var unknown = client.get("/ops/nothing");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(unknown.body()).contains("There is nothing at this address");
    }
}
