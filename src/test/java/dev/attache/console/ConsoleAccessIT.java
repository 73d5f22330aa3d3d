package dev.attache.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Sign-in, sessions and roles of the console at the management port. */
@SandboxTest
class ConsoleAccessIT {

    @Autowired
    private Surroundings surroundings;

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
    void aWrongPasswordIsRefused() {
        var refused = client.signIn("operator", "wrong");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("The name or the password is wrong.");
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
