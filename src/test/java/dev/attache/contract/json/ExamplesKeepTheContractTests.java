package dev.attache.contract.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Every example in {@code asyncapi.yaml} is valid, and does not change when it is read and written again. */
class ExamplesKeepTheContractTests {

    private static final EventCodec CODEC = new ValidatingEventCodec();

    static Stream<AsyncApi.Example> events() {
        return AsyncApi.examples().filter(example -> !example.message().startsWith("s3-"));
    }

    static Stream<AsyncApi.Example> notifications() {
        return AsyncApi.examples().filter(example -> example.message().startsWith("s3-"));
    }

    @Test
    void everyTypeOfEventHasAnExample() {
        assertThat(events().map(AsyncApi.Example::message))
                .containsAll(EventType.all().stream().map(EventType::name).toList());
    }

    @ParameterizedTest
    @MethodSource("events")
    void eventRoundTrips(AsyncApi.Example example) {
        EventType<?> type = EventType.all().stream()
                .filter(candidate -> candidate.name().equals(example.message()))
                .findFirst()
                .orElseThrow();
        byte[] body = EventFixtures.bytes(example.payload().toString());

        CloudEvent<?> event = CODEC.read(body, type);
        byte[] written = CODEC.write(event);

        JsonNode expected = example.payload().deepCopy();
        spellOut(expected);
        assertThat(EventFixtures.MAPPER.readTree(written))
                .isEqualTo(EventFixtures.MAPPER.readTree(expected.toString()));
        assertThat(CODEC.read(written, type)).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("notifications")
    void notificationNamesTheObject(AsyncApi.Example example) {
        assertThat(CODEC.readObjectsCreated(
                                EventFixtures.bytes(example.payload().toString()))
                        .created())
                .singleElement()
                .satisfies(created -> {
                    assertThat(created.object().key()).isEqualTo("uploads/crm/0f8fad5b-d9cb-469f-a165-70867728950e/1");
                    assertThat(created.sequencer()).isNotBlank();
                });
    }

    @Test
    void linksForProgramsHaveAnUploadKeyAndAllSignedHeaders() {
        assertThat(events().flatMap(example -> example.payload()
                                .path("data")
                                .path("links")
                                .valueStream()
                                .filter(link -> link.path("method").asString("").equals("PUT"))
                                .peek(link -> {
                                    String key = link.at("/object/key").stringValue();
                                    assertThat(key).matches("uploads/crm/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/1");
                                    assertThat(link.path("url").stringValue()).contains("/" + key + "?");
                                    assertThat(link.path("headers").propertyNames())
                                            .containsExactlyInAnyOrder(
                                                    "content-type",
                                                    "content-length",
                                                    "if-none-match",
                                                    "x-amz-checksum-sha256",
                                                    "x-amz-meta-request-id",
                                                    "x-amz-meta-file-name");
                                    assertThat(link.at("/headers/x-amz-meta-file-name"))
                                            .isEqualTo(link.path("fileName"));
                                    assertThat(link.at("/headers/x-amz-meta-request-id"))
                                            .isEqualTo(example.payload().at("/data/requestId"));
                                }))
                        .toList())
                .isNotEmpty();
    }

    @Test
    void everyMessageHasAnExampleAndASchemaOfItsOwn() {
        assertThat(AsyncApi.document().path("components").path("messages").valueStream())
                .isNotEmpty()
                .allSatisfy(message -> {
                    assertThat(message.path("examples")).isNotEmpty();
                    assertThat(message.path("payload").path("$ref").stringValue())
                            .startsWith("./src/main/resources/contract/")
                            .endsWith(".json");
                });
        assertThat(events().map(AsyncApi.Example::message).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        EventType.all().stream().map(EventType::name).toList());
    }

    @Test
    void everyEventTypeValidatesWithTheSchemaThatAsyncApiNames() {
        for (EventType<?> type : EventType.all()) {
            assertThat(AsyncApi.document()
                            .path("components")
                            .path("messages")
                            .valueStream()
                            .filter(message ->
                                    message.path("name").stringValue().equals(type.name()))
                            .map(message -> message.path("payload").path("$ref").stringValue()))
                    .containsExactly("./src/main/resources/contract/" + type.schema());
        }
    }

    /** Writes an address alone as a recipient, and a duration in Java's spelling, as the codec does. */
    private static void spellOut(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String list : new String[] {"recipients", "notify"}) {
                if (object.get(list) instanceof ArrayNode array) {
                    for (int i = 0; i < array.size(); i++) {
                        if (array.get(i).isString()) {
                            array.set(
                                    i,
                                    array.objectNode()
                                            .put("address", array.get(i).stringValue()));
                        }
                    }
                }
            }
            for (String duration : new String[] {"expiresIn", "remindBefore"}) {
                if (object.path(duration).isString()) {
                    object.put(
                            duration,
                            Duration.parse(object.get(duration).stringValue()).toString());
                }
            }
        }
        node.forEach(ExamplesKeepTheContractTests::spellOut);
    }
}
