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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schemas under {@code contract/} on the class path, compiled once. Nothing is ever fetched. */
final class Schemas {

    static final String S3_NOTIFICATION = "s3-notification.json";
    static final String RECIPIENT = "recipient.json";
    static final String S3_OBJECT_CREATED = "s3-object-created.json";

    /** Beside a keyword in a schema: what to say when it is broken. */
    private static final String MESSAGES = "x-error";

    private static final String FOLDER = "contract/";

    private final Map<String, Schema> schemas = new HashMap<>();

    private final Map<String, Predicate<JsonNode>> good = new HashMap<>();

    Schemas() {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .errorMessageKeyword(MESSAGES)
                .formatAssertionsEnabled(true)
                .pathType(PathType.JSON_PATH)
                .build();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config));
        Acceptance acceptance = new Acceptance(Schemas::document);
        names().forEach(name -> {
            schemas.put(name, compile(registry, name));
            good.put(name, acceptance.of(name));
        });
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

    private static JsonNode document(String name) {
        try (InputStream document = Schemas.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            return JsonMapper.shared()
                    .readTree(Objects.requireNonNull(document, () -> "There is no schema " + FOLDER + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the node surely keeps the schema; {@link #judge} knows of all others. */
    boolean accepts(String schema, JsonNode node) {
        return known(good, schema).test(node);
    }

    /**
     * What of the schema the node breaks, {@value FirstErrors#MOST} errors at most; empty when nothing.
     *
     * @throws RejectedException {@code CONTRACT_VIOLATION}, for a number beyond all limits
     */
    List<Error> validate(String schema, JsonNode node) {
        return accepts(schema, node) ? List.of() : judge(schema, node);
    }

    /** The library's judgement, whatever we think. */
    List<Error> judge(String schema, JsonNode node) {
        FirstErrors errors = new FirstErrors();
        try {
            known(schemas, schema).validate(node, context -> context.setErrors(errors));
            return errors;
        } catch (JacksonException e) {
            // The validator compares as long what a schema calls an integer, and 1e30 is one.
            throw new RejectedException(RejectionCode.CONTRACT_VIOLATION, "a number is larger than can be read");
        }
    }

    private static <T> T known(Map<String, T> all, String schema) {
        T found = all.get(schema);
        if (found == null) {
            throw new IllegalArgumentException("There is no schema " + FOLDER + schema);
        }
        return found;
    }
}
