package dev.attache.reliability.worker;

import static org.awaitility.Awaitility.await;

import dev.attache.sandbox.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The worker's console as a script uses it, with the operator of the sandbox. */
public final class ConsoleApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Set<String> RUNNING = Set.of("RUNNING", "WAITING");

    private final HttpClient http = HttpClient.newHttpClient();

    private final String origin;

    public ConsoleApi(Surroundings surroundings) {
        this.origin = surroundings.managementOrigin() + "/ops/api";
    }

    public JsonNode get(String path) {
        return send(HttpRequest.newBuilder(URI.create(origin + path)).GET());
    }

    public JsonNode post(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(origin + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private JsonNode send(HttpRequest.Builder request) {
        String credentials = Base64.getEncoder().encodeToString("operator:operator".getBytes(StandardCharsets.UTF_8));
        try {
            var response = http.send(
                    request.header("Authorization", "Basic " + credentials)
                            .timeout(Duration.ofSeconds(30))
                            .build(),
                    BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(response.statusCode() + " " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a task, as soon as the worker knows its queues. Returns the id. */
    public String start(String task) {
        return await("the start of " + task)
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> post("/tasks", task).get("id").asString(), id -> true);
    }

    /** Waits until a task fits. A worker that is down or starts is asked again. */
    public JsonNode awaitTask(String id, Predicate<JsonNode> fits, Duration atMost) {
        return await("task " + id)
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> get("/tasks/" + id), fits);
    }

    /** Waits until a task has ended. */
    public JsonNode awaitEnd(String id, Duration atMost) {
        return awaitTask(id, task -> !RUNNING.contains(task.get("state").asString()), atMost);
    }
}
