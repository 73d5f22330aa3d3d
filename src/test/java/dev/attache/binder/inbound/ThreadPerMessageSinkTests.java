package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.message.RecordedSqs;
import dev.attache.binder.message.VisibilityLease;
import io.awspring.cloud.sqs.listener.MessageProcessingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

class ThreadPerMessageSinkTests {

    private final List<Runnable> threads = new ArrayList<>();

    private final List<String> handled = new ArrayList<>();

    private final AtomicInteger released = new AtomicInteger();

    private final MessageProcessingContext<ReceivedMessage> context = MessageProcessingContext.<ReceivedMessage>create()
            .setBackPressureReleaseCallback(released::incrementAndGet);

    private final ThreadPerMessageSink sink = new ThreadPerMessageSink(
            message -> {
                handled.add(message.getPayload().id());
                if (message.getPayload().id().equals("m-2")) {
                    throw new StackOverflowError();
                }
            },
            threads::add);

    private static Collection<Message<ReceivedMessage>> received(int... numbers) {
        Collection<Message<ReceivedMessage>> messages = new ArrayList<>();
        for (int number : numbers) {
            messages.add(new GenericMessage<>(new ReceivedMessage(
                    RecordedSqs.QUEUE,
                    software.amazon.awssdk.services.sqs.model.Message.builder()
                            .messageId("m-" + number)
                            .build(),
                    new VisibilityLease(Instant.EPOCH),
                    RecordedSqs.NO_STATEMENTS)));
        }
        return messages;
    }

    @Test
    void noMessageWaitsForAnother() {
        assertThat(sink.emit(received(1, 3), context)).isCompleted();

        assertThat(threads).hasSize(2);
        threads.get(1).run();
        assertThat(handled).containsExactly("m-3");
        assertThat(released).hasValue(1);
        threads.get(0).run();
        assertThat(handled).containsExactly("m-3", "m-1");
        assertThat(released).hasValue(2);
    }

    @Test
    void anExceptionReleasesTheBackPressure() {
        sink.emit(received(2), context);
        threads.getFirst().run();

        assertThat(handled).containsExactly("m-2");
        assertThat(released).hasValue(1);
    }
}
