package dev.attache.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Checks answers against the schemas of docs/ops-api.yaml. */
public final class OpsApiContract {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode document;

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    /** Reads the committed document. */
    public OpsApiContract() {
        try {
            Map<String, Object> yaml = new Yaml().load(Files.readString(Path.of("docs/ops-api.yaml")));
            document = JSON.valueToTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Fails if the document has no such answer, or another schema for it.
     *
     * @param path of the request, without its query
     * @param body of the answer; empty for none
     */
    public void check(String method, String path, int status, String body) {
        String answer = "%s %s, %d".formatted(method, path, status);
        JsonNode response = operation(method, path).path("responses").path(String.valueOf(status));
        assertThat(response.isMissingNode()).as(answer).isFalse();
        if (response.has("$ref")) {
            response = document.at(response.get("$ref").asString().substring(1));
        }
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            assertThat(body).as(answer).isEmpty();
            return;
        }
        JsonNode schema = content.path(status < 400 ? "application/json" : "application/problem+json")
                .path("schema");
        assertThat(compiled(schema).validate(JSON.readTree(body)))
                .as("%s: %s", answer, body)
                .isEmpty();
    }

    /** The status of a request that is not refused. */
    public int success(String method, String path) {
        return operation(method, path).path("responses").propertyNames().stream()
                .map(Integer::parseInt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private JsonNode operation(String method, String path) {
        return document.path("paths").properties().stream()
                .filter(entry -> path.matches(entry.getKey().replaceAll("\\{\\w+}", "[^/]+")))
                // A fixed segment is more special than a variable one.
                .min(Comparator.comparing(entry -> entry.getKey().contains("{")))
                .map(entry -> entry.getValue().path(method.toLowerCase(Locale.ROOT)))
                .filter(operation -> !operation.isMissingNode())
                .orElseThrow(() -> new AssertionError("docs/ops-api.yaml does not have " + method + " " + path));
    }

    private Schema compiled(JsonNode schema) {
        ObjectNode root = (ObjectNode) schema.deepCopy();
        root.set("components", Objects.requireNonNull(document.get("components")));
        return registry.getSchema(root);
    }
}
