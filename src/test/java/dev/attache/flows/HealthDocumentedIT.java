package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import dev.attache.topology.Topology;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares the components of health with the table in docs/operations.md. */
@SandboxTest
class HealthDocumentedIT {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+) \\| ");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Autowired
    Surroundings surroundings;

    @Test
    void theTableListsEveryComponentOfHealth() throws IOException {
        assertThat(health("/actuator/health").path("components").propertyNames())
                .containsExactlyInAnyOrderElementsOf(documented());
    }

    /** KEDA counts the inputs that do not receive: infra/helm/attache/templates/scaledobject.yaml. */
    @Test
    void anOperatorSeesWhichInputsReceive() {
        JsonNode inputs = health("/actuator/health/binders").at("/components/sqs/details");

        assertThat(inputs.propertyNames()).containsExactlyInAnyOrderElementsOf(Topology.queueNames());
        assertThat(inputs)
                .allSatisfy(
                        input -> assertThat(input.path("state").stringValue()).isEqualTo("receiving"));
    }

    private JsonNode health(String path) {
        String credentials = Base64.getEncoder().encodeToString("sandbox:sandbox".getBytes(StandardCharsets.UTF_8));
        return JsonMapper.shared()
                .readTree(Recipients.send(HttpRequest.newBuilder(URI.create(surroundings.managementOrigin() + path))
                                .header("Authorization", "Basic " + credentials)
                                .build())
                        .body());
    }

    private static Set<String> documented() throws IOException {
        String page = Files.readString(Path.of("docs/operations.md"));
        String section = page.substring(page.indexOf("\n## Health"), page.indexOf("\n## Meters"));
        Set<String> components = new TreeSet<>();
        ROW.matcher(section)
                .results()
                .forEach(row -> CODE.matcher(row.group(1)).results().forEach(code -> components.add(code.group(1))));
        return components;
    }
}
