package dev.attache.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * The committed OpenAPI document is what the controllers do. After a change, {@code ./mvnw test
 * -Dtest=OpsApiDocumentTests -Dops-api.write=true} writes it anew.
 */
class OpsApiDocumentTests {

    private static final Path DOCUMENT = Path.of("docs/ops-api.yaml");

    @Test
    void theDocumentIsThatOfTheControllers() throws IOException {
        String generated = OpenApiDocument.yaml();
        if (Boolean.getBoolean("ops-api.write")) {
            Files.writeString(DOCUMENT, generated);
        }

        assertThat(Files.readString(DOCUMENT)).isEqualTo(generated);
    }

    @Test
    void everyOperationAndEveryFieldIsExplained() {
        Map<?, ?> document = new Yaml().load(OpenApiDocument.yaml());
        Set<String> unexplained = new TreeSet<>();
        map(document, "paths")
                .forEach((path, operations) -> ((Map<?, ?>) operations).forEach((verb, operation) -> {
                    if (!((Map<?, ?>) operation).containsKey("summary")) {
                        unexplained.add(verb + " " + path);
                    }
                }));
        map(map(document, "components"), "schemas").forEach((name, schema) -> {
            if (((Map<?, ?>) schema).get("properties") instanceof Map<?, ?> properties) {
                properties.forEach((field, property) -> {
                    Map<?, ?> details = (Map<?, ?>) property;
                    if (!details.containsKey("description") && !details.containsKey("const")) {
                        unexplained.add(name + "." + field);
                    }
                });
            }
        });

        // Their Javadoc is that of a domain type.
        unexplained.removeIf(field -> field.startsWith("Selection"));
        assertThat(unexplained).isEmpty();
    }

    private static Map<?, ?> map(Map<?, ?> parent, String name) {
        return (Map<?, ?>) java.util.Objects.requireNonNull(parent.get(name));
    }
}
