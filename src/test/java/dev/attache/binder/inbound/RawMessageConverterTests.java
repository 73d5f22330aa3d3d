package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.message.RecordedSqs;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawMessageConverterTests {

    private static final AtomicBoolean LOADED = new AtomicBoolean();

    private final RawMessageConverter converter =
            new RawMessageConverter(RecordedSqs.QUEUE, RecordedSqs.NO_STATEMENTS, Clock.systemUTC());

    /** Records that it is loaded. */
    static class NamedByASender {

        static {
            LOADED.set(true);
        }
    }

    private ReceivedMessage converted(Map<String, String> attributes) {
        return (ReceivedMessage) converter
                .toMessagingMessage(RecordedSqs.received(1, attributes).sqs())
                .getPayload();
    }

    @ParameterizedTest
    @CsvSource({
        "contentType, no type at all",
        "contentType, application/cloudevents+json",
        "JavaType, no.such.Class",
        "id, no UUID",
        "timestamp, yesterday",
        "errorChannel, none"
    })
    void noAttributeOfTheSenderBreaksTheConversion(String name, String value) {
        ReceivedMessage message = converted(Map.of(name, value));

        assertThat(message.toFunction(List.of(), action -> {}).getPayload()).isEqualTo("the body".getBytes());
    }

    @Test
    void noClassNamedByTheSenderIsLoaded() {
        converted(Map.of("JavaType", NamedByASender.class.getName())).toFunction(List.of("JavaType"), action -> {});

        assertThat(LOADED).isFalse();
    }

    /** The container logs a message that it could not deliver. */
    @Test
    void theTextOfAMessageLacksItsBody() {
        assertThat(converter
                        .toMessagingMessage(RecordedSqs.received(1, Map.of("link", "https://secret"))
                                .sqs())
                        .toString())
                .contains("m-1")
                .doesNotContain("the body", "secret");
    }
}
