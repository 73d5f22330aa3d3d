package dev.attache.contract.json;

import java.nio.file.Path;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code asyncapi.yaml}, as the tests read it. */
final class AsyncApi {

    private static final JsonNode DOCUMENT =
            YAMLMapper.builder().build().readTree(Path.of("asyncapi.yaml").toFile());

    private AsyncApi() {}

    static JsonNode document() {
        return DOCUMENT;
    }

    static Stream<Example> examples() {
        return DOCUMENT.path("components")
                .path("messages")
                .valueStream()
                .flatMap(message -> message.path("examples")
                        .valueStream()
                        .map(example -> new Example(
                                message.path("name").stringValue(),
                                example.path("name").stringValue(),
                                example.path("payload"))));
    }

    record Example(String message, String name, JsonNode payload) {

        @Override
        public String toString() {
            return message + ": " + name;
        }
    }
}
