package dev.attache.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.audit.AuditEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The committed OpenAPI document is what the controllers do. After a change, {@code ./mvnw test
 * -Dtest=OpsApiDocumentTests -Dops-api.write=true} writes it anew.
 */
class OpsApiDocumentTests {

    private static final Path DOCUMENT = Path.of("docs/ops-api.yaml");

    @Test
    void theDocumentIsThatOfTheControllers() throws IOException {
        String generated = OpenApiDocument.generate().toYaml();
        if (Boolean.getBoolean("ops-api.write")) {
            Files.writeString(DOCUMENT, generated);
        }

        assertThat(Files.readString(DOCUMENT)).isEqualTo(generated);
    }

    @Test
    void codeInAnExplanationIsNotShortened() {
        var texts = new JavadocTexts(List.of(AuditEntry.class));

        assertThat(texts.ofComponent(AuditEntry.class, "action")).hasValue("such as dead-letters.replay");
        assertThat(OpenApiDocument.generate().toYaml())
                .contains("what to send as after for older entries", "the code of the group")
                .contains("Letters of a Group that were in the queue");
    }

    @Test
    void everyOperationAndEveryFieldIsExplained() {
        assertThat(OpenApiDocument.generate().unexplained()).isEmpty();
    }
}
