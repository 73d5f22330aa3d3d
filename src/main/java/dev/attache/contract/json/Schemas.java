package dev.attache.contract.json;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import dev.attache.contract.EventType;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The JSON Schemas in {@code contract/} on the class path, compiled once. Remote schemas are never fetched. */
final class Schemas {

    static final String S3_NOTIFICATION = "s3-notification.json";
    static final String RECIPIENT = "recipient.json";
    static final String S3_OBJECT_CREATED = "s3-object-created.json";

    /** The keyword with the error messages of other keywords in the same schema. */
    private static final String MESSAGES = "x-error";

    private static final String FOLDER = "contract/";

    private final Map<String, Schema> schemas = new HashMap<>();

    Schemas() {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .errorMessageKeyword(MESSAGES)
                .formatAssertionsEnabled(true)
                .pathType(PathType.JSON_PATH)
                .build();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config));
        names().forEach(name -> schemas.put(name, compile(registry, name)));
    }

    static Stream<String> names() {
        return Stream.concat(
                EventType.all().stream().map(EventType::schema),
                Stream.of(S3_NOTIFICATION, S3_OBJECT_CREATED, RECIPIENT));
    }

    private static Schema compile(SchemaRegistry registry, String name) {
        Schema schema = registry.getSchema(SchemaLocation.of("classpath:" + FOLDER + name));
        schema.initializeValidators();
        return schema;
    }

    /**
     * Validates a JSON document.
     *
     * @param schema the schema's file name, such as {@value #RECIPIENT}
     * @return the violations, {@value FirstErrors#MOST} at most; empty for a valid document
     * @throws RejectedException {@code CONTRACT_VIOLATION} if a number is too large to be compared
     */
    List<Error> validate(String schema, JsonNode node) {
        Schema compiled = schemas.get(schema);
        if (compiled == null) {
            throw new IllegalArgumentException("There is no schema " + FOLDER + schema);
        }
        FirstErrors errors = new FirstErrors();
        try {
            compiled.validate(node, context -> context.setErrors(errors));
            return errors;
        } catch (JacksonException e) {
            // The library converts integers to long, but 1e30 is also an integer in JSON Schema.
            throw new RejectedException(RejectionCode.CONTRACT_VIOLATION, "a number is too large");
        }
    }
}
