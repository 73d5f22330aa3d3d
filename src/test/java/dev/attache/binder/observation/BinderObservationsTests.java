package dev.attache.binder.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

class BinderObservationsTests {

    private static final String ATTRIBUTE = "00-11111111111111111111111111111111-2222222222222222-01";

    private static final String ENVELOPE = "00-33333333333333333333333333333333-4444444444444444-01";

    private final List<Observation.Context> stopped = new ArrayList<>();

    private final ObservationRegistry registry = ObservationRegistry.create();

    private final BinderObservations observations = new BinderObservations(registry, body -> body);

    BinderObservationsTests() {
        registry.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public void onStop(Observation.Context context) {
                stopped.add(context);
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
    }

    private static Message message(Map<String, String> attributes) {
        return Message.builder()
                .messageId("m-1")
                .body(ENVELOPE)
                .messageAttributes(attributes.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue(entry.getValue())
                                        .build())))
                .build();
    }

    private static Map<String, String> values(Observation.Context context) {
        return context.getAllKeyValues().stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }

    private @Nullable String extracted(Map<String, String> attributes, String key) {
        observations.process("orders", message(attributes)).stop(null);
        ProcessContext context = (ProcessContext) stopped.getLast();
        return context.getGetter().get(context.getCarrier(), key);
    }

    @Test
    void aHandledMessageIsTheCurrentObservationUntilItStops() {
        MessageObservation observation = observations.process("orders", message(Map.of()));
        assertThat(registry.getCurrentObservation()).isNotNull();

        observation.stop(null);

        assertThat(registry.getCurrentObservation()).isNull();
        assertThat(stopped).singleElement().satisfies(context -> {
            assertThat(context.getName()).isEqualTo("messaging.process");
            assertThat(context.getContextualName()).isEqualTo("process orders");
            assertThat(((ProcessContext) context).getKind()).isEqualTo(Kind.CONSUMER);
            assertThat(values(context))
                    .containsOnly(
                            Map.entry("messaging.system", "aws_sqs"),
                            Map.entry("messaging.operation.type", "process"),
                            Map.entry("messaging.operation.name", "process"),
                            Map.entry("messaging.destination.name", "orders"),
                            Map.entry("messaging.message.id", "m-1"));
        });
    }

    @Test
    void aFailedAttemptHasTheTypeOfItsErrorAndNoText() {
        observations.process("orders", message(Map.of())).stop("OBJECT_NOT_FOUND");

        Observation.Context context = stopped.getFirst();
        assertThat(values(context)).containsEntry("error.type", "OBJECT_NOT_FOUND");
        assertThat(context.getError()).hasMessage("OBJECT_NOT_FOUND").hasNoCause();
        assertThat(context.getError().getStackTrace()).isEmpty();
    }

    @Test
    void theParentIsTheAttributeAndWithoutAValidOneTheEnvelope() {
        assertThat(extracted(Map.of("traceparent", ATTRIBUTE, "tracestate", "a=b"), "traceparent"))
                .isEqualTo(ATTRIBUTE);
        assertThat(extracted(Map.of("traceparent", ATTRIBUTE, "tracestate", "a=b"), "tracestate"))
                .isEqualTo("a=b");
        assertThat(extracted(Map.of("traceparent", "nonsense", "tracestate", "a=b"), "traceparent"))
                .isEqualTo(ENVELOPE);
        assertThat(extracted(Map.of("traceparent", "nonsense", "tracestate", "a=b"), "tracestate"))
                .isNull();
        assertThat(extracted(Map.of(), "traceparent")).isEqualTo(ENVELOPE);
    }

    @Test
    void aSentMessageTakesAttributesOfTheTraceUpToTheLimitOfTen() {
        Map<String, String> attributes = new HashMap<>(Map.of("traceparent", "of the request"));
        observations
                .send(MessagingSystem.SNS, "orders", attributes, "of the request")
                .sent("m-2");
        SendContext context = (SendContext) stopped.getFirst();

        context.getSetter().set(context.getCarrier(), "traceparent", "of the span");
        for (int i = 0; i < 20; i++) {
            context.getSetter().set(context.getCarrier(), "key-" + i, "value");
        }

        assertThat(attributes).hasSize(10).containsEntry("traceparent", "of the span");
        assertThat(context.traceparent()).isEqualTo("of the request");
        assertThat(context.getKind()).isEqualTo(Kind.PRODUCER);
        assertThat(values(context))
                .containsEntry("messaging.system", "aws.sns")
                .containsEntry("messaging.message.id", "m-2");
    }

    @Test
    void aPollCountsItsMessages() {
        observations.receive("orders").polled(List.of(1, 2, 3, 4, 5, 6, 7), null);
        observations.receive("orders").polled(null, new ConnectException("10.0.0.1 is down"));

        assertThat(stopped.getFirst().getName()).isEqualTo("messaging.receive");
        assertThat(values(stopped.getFirst())).containsEntry("messaging.batch.message_count", "7");
        assertThat(values(stopped.getLast())).containsEntry("error.type", "java.net.ConnectException");
    }

    @Test
    void withoutARegistryNothingIsCreated() {
        BinderObservations none = BinderObservations.NONE;
        Map<String, String> attributes = new LinkedHashMap<>();

        assertThat(none.receive("orders")).isSameAs(MessageObservation.NONE);
        assertThat(none.process("orders", message(Map.of()))).isSameAs(MessageObservation.NONE);
        assertThat(none.deadLetter("orders", message(Map.of()))).isSameAs(MessageObservation.NONE);
        assertThat(none.send(MessagingSystem.SQS, "orders", attributes, null)).isSameAs(MessageObservation.NONE);
        assertThat(attributes).isEmpty();
    }
}
