package dev.attache.binder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;

class HandlingTests {

    private final RecordedSqs sqs = new RecordedSqs();

    private final MeterRegistry meters = new SimpleMeterRegistry();

    private final Outcomes outcomes = new Outcomes(meters);

    private Handling handling(Consumer<Message<byte[]>> function) {
        SqsConsumerProperties properties = new SqsConsumerProperties();
        properties.setAttributes(List.of("channel"));
        properties.setPublishTimeout(Duration.ofSeconds(5));
        QueueCalls calls = new QueueCalls(sqs, RecordedSqs.QUEUE, Runnable::run);
        FailurePolicy failures = new FailurePolicy(error -> Failure.Transient.later("again"), letter -> {
        }, calls, new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(2), new Random(1)), Duration.ofSeconds(1),
                outcomes, Clock.systemUTC());
        return new Handling(function, properties, failures, calls, new PollGate(List.of()), outcomes);
    }

    @Test
    void aMessageIsDeletedOnlyAfterEverythingItSentIsPublished() throws Exception {
        CompletableFuture<Void> publication = new CompletableFuture<>();
        CountDownLatch sent = new CountDownLatch(1);
        OutboundHandler output = new OutboundHandler(message -> publication, "topic");
        Handling handling = handling(message -> {
            output.handleMessage(new GenericMessage<>("out"));
            sent.countDown();
        });

        Thread thread = Thread.startVirtualThread(() -> handling.handle(RecordedSqs.received(1, Map.of())));
        assertThat(sent.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(sqs.calls).isEmpty();
        publication.complete(null);
        thread.join(Duration.ofSeconds(5));

        assertThat(sqs.calls).singleElement().isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aMessageWhosePublicationFailedIsNotDeleted() {
        OutboundHandler output = new OutboundHandler(
                message -> CompletableFuture.failedFuture(new IllegalStateException("SNS is down")), "topic");

        handling(message -> output.handleMessage(new GenericMessage<>("out"))).handle(RecordedSqs.received(1, Map.of()));

        assertThat(sqs.calls).singleElement().isInstanceOf(ChangeMessageVisibilityRequest.class);
    }

    @Test
    void aMessageWhoseFunctionThrewIsNotDeleted() {
        handling(message -> {
            throw new IllegalStateException("no");
        }).handle(RecordedSqs.received(1, Map.of()));

        assertThat(sqs.calls).singleElement().isInstanceOf(ChangeMessageVisibilityRequest.class);
    }

    @Test
    void aFunctionSeesBytesAsPlainTextWithTheListedAttributesAndNoneOfTheSendersContentType() {
        List<Message<byte[]>> seen = new ArrayList<>();

        handling(seen::add).handle(RecordedSqs.received(2, Map.of("channel", "email",
                "contentType", "application/cloudevents+json", "JavaType", "java.lang.Runtime")));

        assertThat(seen).singleElement().satisfies(message -> {
            assertThat(message.getPayload()).isEqualTo("the body".getBytes());
            assertThat(message.getHeaders()).containsEntry("channel", "email").containsEntry("sqs_queue", "orders")
                    .containsEntry("sqs_messageId", "m-1").containsEntry("sqs_receiveCount", 2)
                    .containsEntry("sqs_senderId", "AIDAEXAMPLE").doesNotContainKey("JavaType");
            assertThat(message.getHeaders().get("contentType")).hasToString("text/plain");
        });
    }
}
