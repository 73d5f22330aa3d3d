package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SandboxTest
class QueuesEndpointIT {

    @Autowired
    Surroundings surroundings;

    private HttpResponse<byte[]> get(String path, String credentials) {
        return get(surroundings.managementOrigin(), path, credentials);
    }

    private static HttpResponse<byte[]> get(String origin, String path, String credentials) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path));
        if (!credentials.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        return Recipients.send(request.build());
    }

    @Test
    void anOperatorSeesEachQueueWithItsDeadLetters() {
        JsonNode queues = await("all queues are sampled")
                .until(
                        () -> {
                            HttpResponse<byte[]> answer = get("/actuator/queues", "sandbox:sandbox");
                            assertThat(answer.statusCode()).isEqualTo(200);
                            return JsonMapper.shared().readTree(answer.body());
                        },
                        rows -> rows.valueStream().allMatch(row -> row.has("visible")));

        assertThat(queues.propertyNames())
                .containsExactlyInAnyOrder(
                        "attachment-requests",
                        "attachment-requests-dlq",
                        "request-parts",
                        "request-parts-dlq",
                        "purchases-completed",
                        "purchases-completed-dlq",
                        "objects-created",
                        "objects-created-dlq",
                        "email-deliveries",
                        "email-deliveries-dlq",
                        "newsletter-deliveries",
                        "newsletter-deliveries-dlq",
                        "deliveries-undelivered");
        assertThat(queues.valueStream())
                .allSatisfy(row -> assertThat(row.propertyNames())
                        .contains("visible", "inFlight", "delayed", "at")
                        .doesNotContain("problem", "paused"));
    }

    @Test
    void withoutAPasswordOnlyHealthIsVisible() {
        assertThat(get("/actuator/queues", "").statusCode()).isEqualTo(401);
        assertThat(get("/actuator/bindings", "").statusCode()).isEqualTo(401);
        assertThat(get("/actuator/prometheus", "").statusCode()).isEqualTo(401);
        assertThat(get("/actuator/health", "").statusCode()).isEqualTo(200);
        assertThat(get("/elsewhere", "sandbox:sandbox").statusCode()).isEqualTo(403);
    }

    /** The address is that in target/sandbox.env. */
    @Test
    void readinessIsVisibleWithoutDetails() {
        HttpResponse<byte[]> answer =
                get(surroundings.environment().get("ATTACHE_MANAGEMENT_URL"), "/actuator/health/readiness", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{\"status\":\"UP\"}");
        assertThat(new String(get("/actuator/health", "").body(), StandardCharsets.UTF_8))
                .doesNotContain("components", "details");
    }

    @Test
    void aWrongPasswordIsRefused() {
        assertThat(get("/actuator/queues", "sandbox:wrong").statusCode()).isEqualTo(401);
        assertThat(get("/actuator/info", "nobody:sandbox").statusCode()).isEqualTo(401);
    }

    @Test
    void endpointsThatAreNotExposedAreNotFoundByOperators() {
        assertThat(get("/actuator/env", "").statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(get("/actuator/env", "sandbox:sandbox").statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(get("/actuator/heapdump", "sandbox:sandbox").statusCode()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void theActuatorIsNotOnThePortOfThePages() {
        List.of(
                        "/actuator",
                        "/actuator/health",
                        "/actuator/health/readiness",
                        "/actuator/queues",
                        "/actuator/bindings",
                        "/actuator/prometheus",
                        "/actuator/info")
                .forEach(path -> assertThat(get(surroundings.pageOrigin(), path, "sandbox:sandbox")
                                .statusCode())
                        .as(path)
                        .isEqualTo(404));
    }

    @Test
    void thePagesAreNotOnThePortOfTheActuator() {
        assertThat(get("/u/" + "0".repeat(32), "").statusCode()).isEqualTo(404);
        assertThat(new String(get("/u/" + "0".repeat(32), "").body(), StandardCharsets.UTF_8))
                .doesNotContain("We do not know this link");
        assertThat(get(surroundings.pageOrigin(), "/u/" + "0".repeat(32), "").statusCode())
                .isEqualTo(404);
        assertThat(new String(
                        get(surroundings.pageOrigin(), "/u/" + "0".repeat(32), "")
                                .body(),
                        StandardCharsets.UTF_8))
                .contains("We do not know this link");
    }

    /** To hash a password takes a tenth of a second. */
    @Test
    void passwordsAreIgnoredOnThePortOfThePages() {
        HttpResponse<byte[]> answer = get(surroundings.pageOrigin(), "/u/" + "0".repeat(32), "nobody:invented");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
    }
}
