package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.message.RecordedSqs;
import dev.attache.binder.outbound.OutboundHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;

/** What a function receives, and when its outputs are published. */
class FunctionOutputsTests extends MessageProcessorTestBase {

    @Test
    void aMessageIsDeletedAfterAllItsOutputsArePublished() throws Exception {
        CompletableFuture<Void> publication = new CompletableFuture<>();
        CountDownLatch sent = new CountDownLatch(1);
        OutboundHandler output = new OutboundHandler(message -> publication, "topic");
        output.start();
        MessageProcessor processor = input.processor(message -> {
            output.handleMessage(new GenericMessage<>("out"));
            sent.countDown();
        });

        Thread thread = Thread.startVirtualThread(() -> processor.process(RecordedSqs.received(1, Map.of())));
        assertThat(sent.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(input.sqs.calls).isEmpty();
        publication.complete(null);
        awaitEnd(thread);

        assertThat(input.sqs.calls).singleElement().isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void anActionAfterPublishingRunsAfterPublishingAndBeforeTheMessageIsDeleted() throws Exception {
        CompletableFuture<Void> publication = new CompletableFuture<>();
        CountDownLatch sent = new CountDownLatch(1);
        List<Integer> callsThen = new CopyOnWriteArrayList<>();
        OutboundHandler output = new OutboundHandler(message -> publication, "topic");
        output.start();
        MessageProcessor processor = input.processor(message -> {
            afterPublishing(message, () -> callsThen.add(input.sqs.calls.size()));
            output.handleMessage(new GenericMessage<>("out"));
            sent.countDown();
        });

        Thread thread = Thread.startVirtualThread(() -> processor.process(RecordedSqs.received(1, Map.of())));
        assertThat(sent.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(callsThen).isEmpty();
        publication.complete(null);
        awaitEnd(thread);

        assertThat(callsThen).containsExactly(0);
        assertThat(input.sqs.calls).singleElement().isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void anActionAfterPublishingDoesNotRunWhenPublishingFailed() {
        OutboundHandler output = new OutboundHandler(
                message -> CompletableFuture.failedFuture(new IllegalStateException("SNS is down")), "topic");
        output.start();
        AtomicInteger done = new AtomicInteger();

        input.processor(message -> {
                    afterPublishing(message, done::incrementAndGet);
                    output.handleMessage(new GenericMessage<>("out"));
                })
                .process(RecordedSqs.received(1, Map.of()));

        assertThat(done).hasValue(0);
    }

    @Test
    void anActionAfterPublishingThatFailsFailsTheAttempt() {
        input.processor(message -> afterPublishing(message, () -> {
                    throw new IllegalStateException("not recorded");
                }))
                .process(RecordedSqs.received(1, Map.of()));

        assertThat(input.sqs.calls).singleElement().isInstanceOf(ChangeMessageVisibilityRequest.class);
    }

    @SuppressWarnings("unchecked")
    private static void afterPublishing(Message<byte[]> message, Runnable action) {
        ((Consumer<Runnable>) Objects.requireNonNull(message.getHeaders().get("sqs_afterPublishing"))).accept(action);
    }

    @Test
    void aMessageWhosePublicationFailedIsReleased() {
        OutboundHandler output = new OutboundHandler(
                message -> CompletableFuture.failedFuture(new IllegalStateException("SNS is down")), "topic");
        output.start();

        input.processor(message -> output.handleMessage(new GenericMessage<>("out")))
                .process(RecordedSqs.received(1, Map.of()));

        assertThat(input.sqs.calls).singleElement().isInstanceOf(ChangeMessageVisibilityRequest.class);
    }

    @Test
    void aMessageWhoseFunctionThrewIsReleased() {
        fail(RecordedSqs.received(1, Map.of()));

        assertThat(input.sqs.calls).singleElement().isInstanceOf(ChangeMessageVisibilityRequest.class);
    }

    @Test
    void aFunctionReceivesBytesAsPlainTextWithTheListedAttributesOnly() {
        List<Message<byte[]>> seen = new ArrayList<>();
        input.properties.setAttributes(List.of("channel"));

        input.processor(seen::add)
                .process(RecordedSqs.received(
                        2,
                        Map.of(
                                "channel",
                                "email",
                                "contentType",
                                "application/cloudevents+json",
                                "JavaType",
                                "java.lang.Runtime")));

        assertThat(seen).singleElement().satisfies(message -> {
            assertThat(message.getPayload()).isEqualTo("the body".getBytes());
            assertThat(message.getHeaders())
                    .containsEntry("channel", "email")
                    .containsEntry("sqs_queue", "orders")
                    .containsEntry("sqs_messageId", "m-1")
                    .containsEntry("sqs_receiveCount", 2)
                    .containsEntry("sqs_senderId", "AIDAEXAMPLE")
                    .doesNotContainKey("JavaType");
            assertThat(message.getHeaders().get("contentType")).hasToString("text/plain");
        });
    }

    @Test
    void theOutcomesOfMessagesAreCounted() {
        input.classifier = error -> new Failure.Rejected("MALFORMED", "not JSON");
        fail(RecordedSqs.received(1, Map.of()));
        input.classifier = error -> new Failure.Unexpected("NullPointerException");
        fail(RecordedSqs.received(1, Map.of()));
        input.processor(message -> {}).process(RecordedSqs.received(1, Map.of()));

        assertThat(input.meters
                        .counter("sqs.messages", "queue", "orders", "outcome", "rejected", "code", "MALFORMED")
                        .count())
                .isEqualTo(1);
        assertThat(input.meters
                        .counter("sqs.messages", "queue", "orders", "outcome", "failed-unexpectedly", "code", "none")
                        .count())
                .isEqualTo(1);
        assertThat(input.meters
                        .counter("sqs.messages", "queue", "orders", "outcome", "handled", "code", "none")
                        .count())
                .isEqualTo(1);
    }
}
