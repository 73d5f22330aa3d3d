package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SandboxTest
class QueuesEndpointIT {

    @Autowired
    Surroundings surroundings;

    private HttpResponse<byte[]> get(String path, String credentials) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(surroundings.pageOrigin() + path));
        if (!credentials.isEmpty()) {
            request.header("Authorization", "Basic " + Base64.getEncoder()
                    .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        return Recipients.send(request.build());
    }

    @Test
    void anOperatorSeesEachQueueWithItsDeadLetters() {
        HttpResponse<byte[]> answer = get("/actuator/queues", "sandbox:sandbox");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode queues = JsonMapper.shared().readTree(answer.body());
        assertThat(queues.propertyNames()).containsExactlyInAnyOrder("attachment-requests", "attachment-requests-dlq",
                "request-parts", "request-parts-dlq", "purchases-completed", "purchases-completed-dlq", "objects-created",
                "objects-created-dlq", "email-deliveries", "email-deliveries-dlq", "newsletter-deliveries",
                "newsletter-deliveries-dlq");
        assertThat(queues.path("attachment-requests").path("visible").isNumber()).isTrue();
    }

    @Test
    void nobodyElseSeesMoreThanTheHealth() {
        assertThat(get("/actuator/queues", "").statusCode()).isEqualTo(401);
        assertThat(get("/actuator/prometheus", "").statusCode()).isEqualTo(401);
        assertThat(get("/actuator/health", "").statusCode()).isEqualTo(200);
        assertThat(get("/elsewhere", "sandbox:sandbox").statusCode()).isEqualTo(403);
    }
}
