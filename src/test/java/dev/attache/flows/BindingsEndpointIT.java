package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.binder.InputStatuses;
import dev.attache.binder.inbound.InputStatus;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import dev.attache.sandbox.Upstream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /actuator/bindings} pauses, stops and starts an input of the worker. */
@SandboxTest
class BindingsEndpointIT {

    private static final Duration SOON = Duration.ofSeconds(40);

    private static final String BINDING = "purchases-in-0";

    private static final String QUEUE = "purchases-completed";

    @Autowired
    Surroundings surroundings;

    @Autowired
    Upstream upstream;

    @Autowired
    InputStatuses inputs;

    @Value("${spring.cloud.stream.sqs.default.consumer.poll-timeout}")
    Duration pollTimeout;

    @AfterEach
    void receiveAgain() {
        change("RESUMED");
        change("STARTED");
    }

    private HttpRequest.Builder request(String credentials) {
        return HttpRequest.newBuilder(URI.create(surroundings.managementOrigin() + "/actuator/bindings/" + BINDING))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    private int change(String state) {
        return Recipients.send(request("sandbox:sandbox")
                        .header("Content-Type", "application/json")
                        .POST(body(state))
                        .build())
                .statusCode();
    }

    private static HttpRequest.BodyPublisher body(String state) {
        return HttpRequest.BodyPublishers.ofString("{\"state\":\"" + state + "\"}");
    }

    private String state() {
        HttpResponse<byte[]> answer =
                Recipients.send(request("sandbox:sandbox").GET().build());
        JsonNode binding = JsonMapper.shared().readTree(answer.body()).path(0);
        return binding.path("state").asString();
    }

    private InputStatus status() {
        return inputs.now().stream()
                .filter(input -> input.queue().equals(QUEUE))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anOperatorPausesAndResumesAnInput() {
        assertThat(change("PAUSED")).isEqualTo(204);
        assertThat(state()).isEqualTo("paused");
        await().atMost(SOON).until(() -> status().receives() == 0);
        String body = "not an event " + UUID.randomUUID();
        upstream.send(QUEUE, body);
        await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> upstream.depth(QUEUE) == 1);

        assertThat(change("RESUMED")).isEqualTo(204);

        assertThat(upstream.awaitDeadLetter(QUEUE, body).body()).isEqualTo(body);
        assertThat(state()).isEqualTo("running");
    }

    @Test
    void anOperatorStopsAndStartsAnInput() {
        assertThat(change("STOPPED")).isEqualTo(204);
        assertThat(state()).isEqualTo("stopped");
        assertThat(status().running()).isFalse();
        // SQS may give messages of the next tests to the polls that the stop cancelled, until they would have ended.
        await().pollDelay(pollTimeout).atMost(SOON).until(() -> !status().running());

        assertThat(change("STARTED")).isEqualTo(204);

        await().atMost(SOON).until(() -> status().receives() > 0);
        assertThat(state()).isEqualTo("running");
    }

    @Test
    void withoutAPasswordNothingChanges() {
        HttpResponse<byte[]> answer = Recipients.send(request("sandbox:wrong")
                .header("Content-Type", "application/json")
                .POST(body("PAUSED"))
                .build());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(status().paused()).isFalse();
    }

    /** The password is right: a browser that knows it sends it with requests of any site. */
    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void aRequestThatABrowserSendsForAnotherSiteIsRefused(String site) {
        HttpResponse<byte[]> answer = Recipients.send(request("sandbox:sandbox")
                .header("Content-Type", "application/json")
                .header("Sec-Fetch-Site", site)
                .POST(body("PAUSED"))
                .build());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(status().paused()).isFalse();
    }

    /** What a page of another site can send without asking first, in a browser without {@code Sec-Fetch-Site}. */
    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void aBodyThatIsNotJsonIsRefused(String contentType) {
        HttpResponse<byte[]> answer = Recipients.send(request("sandbox:sandbox")
                .header("Content-Type", contentType)
                .POST(body("PAUSED"))
                .build());

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(status().paused()).isFalse();
    }

    @Test
    void aRequestWithoutABodyIsRefused() {
        HttpResponse<byte[]> answer = Recipients.send(HttpRequest.newBuilder(
                        URI.create(surroundings.managementOrigin() + "/actuator/bindings/" + BINDING + "?state=PAUSED"))
                .header("Authorization", "Basic c2FuZGJveDpzYW5kYm94")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(status().paused()).isFalse();
    }
}
