package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.attache.binder.memory.BytesInFlight;
import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.message.RecordedSqs;
import dev.attache.binder.message.VisibilityLease;
import dev.attache.binder.outbound.OutboundHandler;
import dev.attache.binder.settings.SqsConsumerProperties;
import dev.attache.binder.settings.SqsExtendedBindingProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.services.sqs.model.Message.Builder;

class FunctionCallTests {

    private static final Duration SOON = Duration.ofSeconds(5);

    /** The shares of one input: 512 KB are for handled messages. */
    private final BytesInFlight.Shares memory = new BytesInFlight(DataSize.ofMegabytes(4)).newShares();

    private static ReceivedMessage message(int kilobytes) {
        Builder sqs =
                software.amazon.awssdk.services.sqs.model.Message.builder().messageId(kilobytes + "K");
        return new ReceivedMessage(
                RecordedSqs.QUEUE,
                sqs.body("x".repeat(kilobytes * 1024)).build(),
                new VisibilityLease(Instant.EPOCH),
                RecordedSqs.NO_STATEMENTS);
    }

    private FunctionCall calls(Consumer<Message<byte[]>> function) {
        return new FunctionCall(function, new SqsConsumerProperties(), memory);
    }

    private Thread begin(FunctionCall call, int kilobytes) {
        return Thread.startVirtualThread(() -> {
            try {
                call.call(message(kilobytes));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void aMessageWaitsWhileTheMemoryIsTaken() throws Exception {
        List<Integer> begun = new CopyOnWriteArrayList<>();
        CountDownLatch goOn = new CountDownLatch(1);
        FunctionCall call = calls(message -> {
            begun.add(message.getPayload().length / 1024);
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Thread first = begin(call, 300);
        await().atMost(SOON).until(() -> begun.size() == 1);
        Thread second = begin(call, 301);
        await().atMost(SOON).until(() -> second.getState() == Thread.State.TIMED_WAITING);
        assertThat(begun).containsExactly(300);

        goOn.countDown();

        assertThat(first.join(SOON) && second.join(SOON)).isTrue();
        assertThat(begun).containsExactly(300, 301);
        assertThat(memory.handled().taken()).isZero();
    }

    @Test
    void aMessageThatIsLargerThanTheMemoryIsHandledAlone() throws Exception {
        List<Integer> sizes = new CopyOnWriteArrayList<>();

        calls(message -> sizes.add(message.getPayload().length)).call(message(1024));

        assertThat(sizes).containsExactly(1024 * 1024);
    }

    @Test
    void outputsSentBeforeAFailureArePublishedBeforeItIsThrown() throws Exception {
        CompletableFuture<Void> publication = new CompletableFuture<>();
        List<String> ends = new CopyOnWriteArrayList<>();
        Thread failing = Thread.startVirtualThread(() -> {
            try {
                calls(sending(publication)).call(message(1));
            } catch (Exception e) {
                ends.add(String.valueOf(e.getMessage()));
            }
        });
        await().atMost(SOON).until(() -> failing.getState() == Thread.State.TIMED_WAITING);
        assertThat(ends).isEmpty();

        publication.complete(null);

        assertThat(failing.join(SOON)).isTrue();
        assertThat(ends).containsExactly("the second message cannot be made");
        assertThat(memory.handled().taken()).isZero();
        assertThat(memory.published().taken()).isZero();
    }

    /** The message is retried. If it was rejected, its first output would never be published. */
    @Test
    void aFailedPublicationReplacesTheFailureOfTheFunction() {
        CompletableFuture<Void> publication =
                CompletableFuture.failedFuture(new IllegalStateException("the topic is away"));

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> calls(sending(publication)).call(message(1)))
                .withMessageContaining("the topic is away");
    }

    private static Consumer<Message<byte[]>> sending(CompletableFuture<Void> publication) {
        OutboundHandler output = new OutboundHandler(message -> publication, "topic");
        output.start();
        return message -> {
            output.handleMessage(new GenericMessage<>(new byte[100]));
            throw new IllegalStateException("the second message cannot be made");
        };
    }

    @Test
    void theEndOfADrainInterruptsAWaitForMemory() throws Exception {
        memory.handled().take(512 * 1024);
        List<String> ends = new CopyOnWriteArrayList<>();
        Thread waiting = Thread.startVirtualThread(() -> {
            try {
                calls(message -> ends.add("handled")).call(message(200));
            } catch (Exception e) {
                ends.add(e.getClass().getSimpleName());
            }
        });
        await().atMost(SOON).until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

        waiting.interrupt();

        assertThat(waiting.join(SOON)).isTrue();
        assertThat(ends).containsExactly("InterruptedException");
        assertThat(memory.handled().taken()).isEqualTo(512 * 1024);
    }

    @Test
    void aBudgetThatIsTooSmallIsReportedWithItsSetting() {
        SqsExtendedBindingProperties properties = new SqsExtendedBindingProperties();

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> properties.setMaxBytesInFlight(DataSize.ofMegabytes(3)))
                .withMessageContaining("spring.cloud.stream.sqs.max-bytes-in-flight")
                .withMessageContaining("4MB");
    }
}
