package dev.attache.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The JSON Schemas under {@code contract/} on the class path, compiled once. Nothing is ever fetched. */
final class Schemas {

    static final String S3_NOTIFICATION = "s3-notification.json";
    static final String RECIPIENT = "recipient.json";
    static final String S3_OBJECT_CREATED = "s3-object-created.json";

    /** Beside a keyword in a schema: what to say when it is broken. */
    private static final String MESSAGES = "x-error";

    private final Map<String, Schema> schemas = new HashMap<>();

    Schemas() {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .errorMessageKeyword(MESSAGES)
                .formatAssertionsEnabled(true)
                .pathType(PathType.JSON_PATH)
                .build();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(config));
        Stream.concat(EventType.all().stream().map(EventType::schema), Stream.of(S3_NOTIFICATION, S3_OBJECT_CREATED, RECIPIENT))
                .forEach(name -> schemas.put(name, compile(registry, name)));
    }

    private static Schema compile(SchemaRegistry registry, String name) {
        Schema schema = registry.getSchema(SchemaLocation.of("classpath:contract/" + name));
        schema.initializeValidators();
        return schema;
    }

    /**
     * What of the schema the node breaks; empty when nothing.
     *
     * @throws RejectedException {@code CONTRACT_VIOLATION}, for a number beyond all limits
     */
    List<Error> validate(String schema, JsonNode node) {
        Schema compiled = schemas.get(schema);
        if (compiled == null) {
            throw new IllegalArgumentException("There is no schema contract/" + schema);
        }
        try {
            return compiled.validate(node);
        } catch (JacksonException e) {
            // The validator compares as long what a schema calls an integer, and 1e30 is one.
            throw new RejectedException(RejectionCode.CONTRACT_VIOLATION, "a number is larger than can be read");
        }
    }
}
