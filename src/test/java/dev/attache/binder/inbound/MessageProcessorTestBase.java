package dev.attache.binder.inbound;

import static org.awaitility.Awaitility.await;

import dev.attache.binder.gate.Downstream;
import dev.attache.binder.message.ReceivedMessage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** Handles single messages of one input, whose service and SQS a test controls. */
abstract class MessageProcessorTestBase {

    static final Duration SOON = Duration.ofSeconds(10);

    final OneInput input = new OneInput();

    /** How often a function was called. */
    final AtomicInteger attempts = new AtomicInteger();

    /** Handles a message in a thread of its own, with a function that fails while the service is not up. */
    Thread handledUntilUp(ReceivedMessage message) {
        MessageProcessor processor = input.processor(any -> {
            attempts.incrementAndGet();
            if (input.service.state() != Downstream.State.UP) {
                throw new IllegalStateException("down");
            }
        });
        return Thread.startVirtualThread(() -> processor.process(message));
    }

    void fail(ReceivedMessage message) {
        input.processor(any -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("no");
                })
                .process(message);
    }

    static void awaitEnd(Thread thread) {
        await().atMost(SOON).until(() -> !thread.isAlive());
    }

    SendMessageRequest deadLetter() {
        return (SendMessageRequest) input.sqs.calls.stream()
                .filter(SendMessageRequest.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    static String attribute(SendMessageRequest deadLetter, String name) {
        return deadLetter.messageAttributes().get(name).stringValue();
    }
}
