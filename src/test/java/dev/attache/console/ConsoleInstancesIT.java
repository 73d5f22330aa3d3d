package dev.attache.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import dev.attache.audit.AuditLog;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;

/** Two instances of one installation, as behind a load balancer. At the second one, people sign in at a provider. */
@SandboxTest
@Tag("conditional-writes")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleInstancesIT {

    @Autowired
    private Surroundings surroundings;

    private OidcProviderDouble provider;

    private SecondInstance second;

    private ConsoleClient client;

    @BeforeAll
    void start() throws IOException, JOSEException {
        provider = new OidcProviderDouble();
        second = new SecondInstance(
                surroundings,
                Map.of(
                        "spring.security.oauth2.client.registration.acme.client-id", "attache",
                        "spring.security.oauth2.client.registration.acme.client-secret", "provider-secret",
                        "spring.security.oauth2.client.registration.acme.client-name", "Acme",
                        "spring.security.oauth2.client.provider.acme.issuer-uri", provider.issuer(),
                        "spring.security.oauth2.client.registration.gone.client-id", "attache",
                        "spring.security.oauth2.client.registration.gone.client-secret", "secret",
                        "spring.security.oauth2.client.provider.gone.issuer-uri", "http://localhost:1",
                        "attache.console.oidc.roles-claim", "groups"));
    }

    @AfterAll
    void stop() {
        second.close();
        provider.close();
    }

    @BeforeEach
    void open() {
        client = new ConsoleClient(second.managementOrigin());
        provider.replaysAnotherNonce = false;
    }

    @AfterEach
    void close() {
        client.close();
    }

    private void person(String name, String... groups) {
        provider.person =
                Map.of("sub", UUID.randomUUID().toString(), "preferred_username", name, "groups", List.of(groups));
    }

    /** Follows the redirects to the provider and back, and returns the answer of the console. */
    private HttpResponse<String> signInAtProvider(String start) {
        HttpResponse<String> toProvider = client.get(start);
        assertThat(toProvider.statusCode()).isEqualTo(302);
        HttpResponse<String> back = client.follow(toProvider);
        assertThat(back.statusCode()).isEqualTo(302);
        return client.follow(back);
    }

    @Test
    void aSessionOfOneInstanceIsValidAtAnother() {
        client.signIn("operator", "operator");

        try (var first = new ConsoleClient(surroundings.managementOrigin(), client.cookies())) {
            assertThat(first.get("/ops").statusCode()).isEqualTo(200);
            // A form of one instance is sent to the other.
            String token = client.csrf("/ops");
            assertThat(first.post("/ops/nothing", Map.of("_csrf", token)).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void anOperatorOfTheProviderSignsInAndContinues() {
        person("eve", "operator");

        assertThat(client.get("/ops/sign-in?continue=/ops/audit").body())
                .contains("Sign in with Acme", "/ops/sign-in/start/acme?continue=/ops/audit");
        HttpResponse<String> signedIn = signInAtProvider("/ops/sign-in/start/acme?continue=/ops/audit");

        assertThat(signedIn.statusCode()).isEqualTo(303);
        assertThat(signedIn.headers().firstValue("Location")).hasValue("/ops/audit");
        assertThat(client.get("/ops").body()).contains("eve", "operator");
        assertThat(second.bean(AuditLog.class).latest(20, null, "").entries()).anySatisfy(entry -> {
            assertThat(entry.actor()).isEqualTo("eve");
            assertThat(entry.action()).isEqualTo("sign-in");
            assertThat(entry.details()).containsEntry("by", "acme");
        });
    }

    @Test
    void aViewerOfTheProviderMayReadOnly() {
        person("vic", "viewer");

        signInAtProvider("/ops/sign-in/start/acme");

        assertThat(client.get("/ops").body()).contains("vic", "viewer");
        assertThat(client.submit("/ops", "/ops/nothing", Map.of()).statusCode()).isEqualTo(403);
    }

    @Test
    void aPersonWithoutARoleIsRefusedWithTheReason() {
        person("mallory", "staff");

        HttpResponse<String> refused = signInAtProvider("/ops/sign-in/start/acme");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("neither the role operator nor the role viewer");
        assertThat(client.get("/ops").statusCode()).isEqualTo(303);
    }

    @Test
    void aCodeThatAnotherBrowserGotSignsNobodyIn() {
        person("eve", "operator");
        HttpResponse<String> back = client.follow(client.get("/ops/sign-in/start/acme"));

        try (var victim = new ConsoleClient(second.managementOrigin())) {
            URI target = URI.create(back.headers().firstValue("Location").orElseThrow());
            HttpResponse<String> refused = victim.get(target.getRawPath() + "?" + target.getRawQuery());

            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(victim.get("/ops").statusCode()).isEqualTo(303);
        }
    }

    @Test
    void aTokenForAnotherSignInIsRefused() {
        person("eve", "operator");
        provider.replaysAnotherNonce = true;

        assertThat(signInAtProvider("/ops/sign-in/start/acme").statusCode()).isEqualTo(401);
        assertThat(client.get("/ops").statusCode()).isEqualTo(303);
    }

    /** The worker has started although one of its providers does not answer. */
    @Test
    void aProviderThatDoesNotAnswerIsReported() {
        HttpResponse<String> refused = client.get("/ops/sign-in/start/gone");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("The sign-in at the provider did not succeed.");
    }
}
