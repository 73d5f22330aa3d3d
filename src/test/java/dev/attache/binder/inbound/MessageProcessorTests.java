package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.gate.Downstream;
import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.message.RecordedSqs;
import dev.attache.binder.outbound.OutboundHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

class MessageProcessorTests {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final OneInput input = new OneInput();

    private final AtomicInteger attempts = new AtomicInteger();

    /** Fails while the service is not up. */
    private Thread handledUntilUp(ReceivedMessage message) {
        MessageProcessor processor = input.processor(any -> {
            attempts.incrementAndGet();
            if (input.service.state() != Downstream.State.UP) {
                throw new IllegalStateException("down");
            }
        });
        return Thread.startVirtualThread(() -> processor.process(message));
    }

    private void fail(ReceivedMessage message) {
        input.processor(any -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("no");
                })
                .process(message);
    }

    private static void awaitEnd(Thread thread) {
        await().atMost(SOON).until(() -> !thread.isAlive());
    }

    private SendMessageRequest deadLetter() {
        return (SendMessageRequest) input.sqs.calls.stream()
                .filter(SendMessageRequest.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static String attribute(SendMessageRequest letter, String name) {
        return letter.messageAttributes().get(name).stringValue();
    }

    @Test
    void aMessageIsDeletedOnlyAfterEverythingItSentIsPublished() throws Exception {
        CompletableFuture<Void> publication = new CompletableFuture<>();
        CountDownLatch sent = new CountDownLatch(1);
        OutboundHandler output = new OutboundHandler(message -> publication, "topic");
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
    void whatAFunctionWantsDoneAfterPublishingIsDoneThenAndBeforeTheMessageIsDeleted() throws Exception {
        CompletableFuture<Void> publication = new CompletableFuture<>();
        CountDownLatch sent = new CountDownLatch(1);
        List<Integer> callsThen = new CopyOnWriteArrayList<>();
        OutboundHandler output = new OutboundHandler(message -> publication, "topic");
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
    void whatIsToBeDoneAfterPublishingIsNotDoneWhenThatFailed() {
        OutboundHandler output = new OutboundHandler(
                message -> CompletableFuture.failedFuture(new IllegalStateException("SNS is down")), "topic");
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
    void aFunctionSeesBytesAsPlainTextWithTheListedAttributesAndNoneOfTheSendersContentType() {
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
    void messagesStayInFlightUntilTheServiceIsUpAndAreThenHandled() {
        input.classifier = error -> new Failure.Down("the breaker is open");
        input.service.is(Downstream.State.DOWN);
        List<Thread> messages = List.of(
                handledUntilUp(RecordedSqs.received(1, Map.of())),
                handledUntilUp(RecordedSqs.received(1, Map.of())),
                handledUntilUp(RecordedSqs.received(1, Map.of())));
        await().atMost(SOON).until(() -> input.turns.waiting() == 3);
        assertThat(input.sqs.calls).isEmpty();

        input.service.is(Downstream.State.UP);

        messages.forEach(MessageProcessorTests::awaitEnd);
        assertThat(input.sqs.calls)
                .hasSize(3)
                .allSatisfy(call -> assertThat(call).isInstanceOf(DeleteMessageRequest.class));
    }

    @Test
    void noNumberOfFailedProbesReleasesAMessage() {
        input.service.is(Downstream.State.PROBING);
        // Each probe finds the service still silent, and each time the breaker opens again.
        AtomicInteger classified = new AtomicInteger();
        input.classifier = error -> classified.incrementAndGet() % 2 == 0
                ? Failure.Transient.inPlace("no answer")
                : new Failure.Down("the breaker is open");
        Thread message = handledUntilUp(RecordedSqs.received(1, Map.of()));

        await().atMost(Duration.ofSeconds(20)).until(() -> attempts.get() > 30);
        assertThat(input.sqs.calls).isEmpty();
        input.service.is(Downstream.State.UP);

        awaitEnd(message);
        assertThat(input.sqs.calls).singleElement().isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aMessageThatWaitedForLongIsReleased() {
        input.classifier = error -> new Failure.Down("the breaker is open");
        input.service.is(Downstream.State.DOWN);
        input.properties.setReleaseAfter(Duration.ofMillis(50));

        awaitEnd(handledUntilUp(RecordedSqs.received(1, Map.of())));

        assertThat(input.sqs.calls).singleElement().isInstanceOf(ChangeMessageVisibilityRequest.class);
        assertThat(input.meters
                        .counter("attache.messages", "queue", "orders", "outcome", "released", "code", "none")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aMessageAtItsLastPermittedReceiveIsNotReleasedInAnOutage() {
        input.classifier = error -> new Failure.Down("the breaker is open");
        input.service.is(Downstream.State.DOWN);
        input.properties.setReleaseAfter(Duration.ofMillis(1));
        Thread message = handledUntilUp(RecordedSqs.received(3, Map.of()));

        await().during(Duration.ofMillis(200)).atMost(SOON).until(() -> input.sqs.calls.isEmpty());
        input.service.is(Downstream.State.UP);

        awaitEnd(message);
        assertThat(input.sqs.calls).singleElement().isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aServiceThatDidNotAnswerIsTriedAgainInPlaceBeforeTheMessageIsReleased() {
        input.classifier = error -> Failure.Transient.inPlace("no answer");

        fail(RecordedSqs.received(1, Map.of()));

        assertThat(attempts).hasValue(4);
        assertThat(input.sqs.calls).singleElement().isInstanceOf(ChangeMessageVisibilityRequest.class);
    }

    @Test
    void aStopReleasesAMessageThatWaits() {
        input.classifier = error -> new Failure.Down("the breaker is open");
        input.service.is(Downstream.State.DOWN);
        Thread message = handledUntilUp(RecordedSqs.received(1, Map.of()));
        await().atMost(SOON).until(() -> input.turns.waiting() == 1);

        input.stop.stop();

        awaitEnd(message);
        assertThat(input.sqs.calls)
                .singleElement()
                .isInstanceOfSatisfying(
                        ChangeMessageVisibilityRequest.class,
                        released -> assertThat(released.visibilityTimeout()).isZero());
    }

    @Test
    void aStopDeadLettersWhatWaitsAtItsLastPermittedReceive() {
        input.classifier = error -> new Failure.Down("the breaker is open");
        input.service.is(Downstream.State.DOWN);
        Thread message = handledUntilUp(RecordedSqs.received(3, Map.of()));
        await().atMost(SOON).until(() -> input.turns.waiting() == 1);

        input.stop.stop();

        awaitEnd(message);
        assertThat(attribute(deadLetter(), "attache-code")).isEqualTo("RETRIES_EXHAUSTED");
        assertThat(input.sqs.calls.getLast()).isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aRejectedMessageIsAnnouncedThenCopiedAtOnceThenDeleted() {
        input.classifier = error -> new Failure.Rejected("MALFORMED", "not JSON");

        fail(RecordedSqs.received(1, Map.of("type", "a")));

        assertThat(input.announced).singleElement().satisfies(letter -> {
            assertThat(letter.queue()).isEqualTo("orders");
            assertThat(letter.failure().code()).isEqualTo("MALFORMED");
            assertThat(letter.error()).hasMessage("no");
        });
        assertThat(input.sqs.calls).hasSize(2);
        SendMessageRequest letter = (SendMessageRequest) input.sqs.calls.getFirst();
        assertThat(letter.queueUrl()).isEqualTo("http://sqs/orders-dlq");
        assertThat(letter.messageBody()).isEqualTo("the body");
        assertThat(attribute(letter, "attache-code")).isEqualTo("MALFORMED");
        assertThat(attribute(letter, "attache-reason")).isEqualTo("not JSON");
        assertThat(attribute(letter, "attache-source-queue")).isEqualTo("orders");
        assertThat(attribute(letter, "attache-message-id")).isEqualTo("m-1");
        assertThat(attribute(letter, "attache-attempts")).isEqualTo("1");
        assertThat(letter.messageAttributes()).containsKey("attache-failed-at");
        assertThat(attribute(letter, "type")).isEqualTo("a");
        assertThat(input.sqs.calls.getLast()).isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aDeadLetterHoldsTheConfidentialReason() {
        input.classifier =
                error -> new Failure.Rejected("MAIL_REFUSED", "SMTP reply 550", "550 5.1.1 <ana@example.com>");

        fail(RecordedSqs.received(1, Map.of()));

        assertThat(attribute(deadLetter(), "attache-reason")).isEqualTo("550 5.1.1 <ana@example.com>");
    }

    @Test
    void aRejectionThatCannotBeAnnouncedIsNotCopiedAndStaysInFlight() {
        input.classifier = error -> error.getMessage().equals("SNS is down")
                ? Failure.Transient.inPlace("SNS is down")
                : new Failure.Rejected("MALFORMED", "not JSON");
        AtomicInteger announcements = new AtomicInteger();
        input.listener = letter -> {
            if (announcements.incrementAndGet() < 3) {
                throw new IllegalStateException("SNS is down");
            }
        };

        fail(RecordedSqs.received(1, Map.of()));

        assertThat(announcements).hasValue(3);
        assertThat(attempts).as("attempts to handle it").hasValue(1);
        assertThat(input.sqs.calls).hasSize(2);
        assertThat(attribute(deadLetter(), "attache-code")).isEqualTo("MALFORMED");
    }

    @Test
    void aDeadLetterIsWrittenOnceAlthoughSnsRefusesAndAnnouncedWhenSnsAllowsAgain() {
        input.classifier = error -> error.getMessage().equals("denied")
                ? new Failure.Down("SNS refuses")
                : new Failure.Rejected("MALFORMED", "not JSON");
        AtomicBoolean denied = new AtomicBoolean(true);
        input.listener = letter -> {
            if (denied.get()) {
                throw new IllegalStateException("denied");
            }
            input.announced.add(letter);
        };
        input.service.is(Downstream.State.DOWN);
        Thread message = Thread.startVirtualThread(() -> fail(RecordedSqs.received(1, Map.of())));

        await().atMost(SOON).until(() -> input.turns.waiting() == 1);
        assertThat(input.sqs.calls).singleElement().isInstanceOf(SendMessageRequest.class);
        assertThat(attribute(deadLetter(), "attache-code")).isEqualTo("MALFORMED");
        assertThat(attribute(deadLetter(), "attache-reason")).isEqualTo("not JSON");
        assertThat(attribute(deadLetter(), "attache-announced")).isEqualTo("false");
        denied.set(false);
        input.service.is(Downstream.State.UP);

        awaitEnd(message);
        assertThat(input.announced)
                .singleElement()
                .satisfies(letter -> assertThat(letter.failure().code()).isEqualTo("MALFORMED"));
        assertThat(attempts).as("attempts to handle it").hasValue(1);
        assertThat(input.sqs.calls).hasSize(2);
        assertThat(input.sqs.calls.getLast()).isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aStopReleasesWhatIsCopiedButNotAnnouncedSoThatUpstreamIsToldLater() {
        input.classifier = error -> error.getMessage().equals("denied")
                ? new Failure.Down("SNS refuses")
                : new Failure.Rejected("MALFORMED", "not JSON");
        input.listener = letter -> {
            throw new IllegalStateException("denied");
        };
        input.service.is(Downstream.State.DOWN);
        Thread message = Thread.startVirtualThread(() -> fail(RecordedSqs.received(1, Map.of())));
        await().atMost(SOON).until(() -> input.turns.waiting() == 1);

        input.stop.stop();

        awaitEnd(message);
        assertThat(input.sqs.calls).hasSize(2);
        assertThat(input.sqs.calls.getLast()).isInstanceOf(ChangeMessageVisibilityRequest.class);
    }

    @Test
    void aMessageWhoseAnnouncementIsRefusedForItsContentIsMovedAndItsDeadLetterSaysThatUpstreamWasNotTold() {
        input.classifier = error -> error.getMessage().equals("too large")
                ? new Failure.Rejected("TOO_LARGE", "the announcement is too large")
                : new Failure.Rejected("MALFORMED", "not JSON");
        input.listener = letter -> {
            throw new IllegalStateException("too large");
        };

        fail(RecordedSqs.received(1, Map.of()));

        assertThat(attribute(deadLetter(), "attache-code")).isEqualTo("MALFORMED");
        assertThat(attribute(deadLetter(), "attache-announced")).isEqualTo("false");
        assertThat(input.sqs.calls).hasSize(2);
        assertThat(input.sqs.calls.getLast()).isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aRejectedMessageStaysInFlightWhileItsDeadLetterQueueIsGone() {
        input.sqs.sendFailure = new IllegalStateException("no such queue");
        input.classifier = error -> error.getMessage().contains("no such queue")
                ? new Failure.Down("SQS refuses")
                : new Failure.Rejected("MALFORMED", "not JSON");
        Thread message = Thread.startVirtualThread(() -> fail(RecordedSqs.received(1, Map.of())));
        await().atMost(SOON).until(() -> input.sqs.calls.size() > 3);
        assertThat(input.sqs.calls).allSatisfy(call -> assertThat(call).isInstanceOf(SendMessageRequest.class));

        input.sqs.sendFailure = null;

        awaitEnd(message);
        assertThat(input.announced).hasSize(1);
        assertThat(input.sqs.calls.getLast()).isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void atTheLastPermittedReceiveADeadLetterIsWrittenAlthoughItsAnnouncementIsRefused() {
        input.classifier = error -> error.getMessage().equals("refused")
                ? new Failure.Bug("refused")
                : new Failure.Rejected("MALFORMED", "not JSON");
        input.listener = letter -> {
            throw new IllegalStateException("refused");
        };

        fail(RecordedSqs.received(3, Map.of()));

        assertThat(attribute(deadLetter(), "attache-code")).isEqualTo("MALFORMED");
        assertThat(input.sqs.calls.getLast()).isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aRejectedMessageThatCannotBeCopiedIsNotDeleted() {
        input.properties.setReleaseAfter(Duration.ofMillis(100));
        input.sqs.sendFailure = new IllegalStateException("SQS is down");
        input.classifier = error -> error.getMessage().contains("SQS is down")
                ? Failure.Transient.inPlace("SQS is down")
                : new Failure.Rejected("MALFORMED", "not JSON");

        fail(RecordedSqs.received(1, Map.of()));

        assertThat(input.sqs.calls).noneMatch(DeleteMessageRequest.class::isInstance);
        assertThat(input.sqs.calls.getLast()).isInstanceOf(ChangeMessageVisibilityRequest.class);
    }

    @Test
    void aTransientFailureOnTheLastPermittedReceiveIsDeadLetteredWithACode() {
        fail(RecordedSqs.received(3, Map.of()));

        assertThat(attribute(deadLetter(), "attache-code")).isEqualTo("RETRIES_EXHAUSTED");
        assertThat(attribute(deadLetter(), "attache-reason")).isEqualTo("again");
        assertThat(input.sqs.calls.getLast()).isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aMessageThatIsGivenUpAtAStopIsSettledOnceThoughItsThreadGoesOn() throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        MessageProcessor processor = input.processor(any -> {
            handling.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        });
        ReceivedMessage message = RecordedSqs.received(3, Map.of());
        Thread thread = Thread.startVirtualThread(() -> processor.process(message));
        assertThat(handling.await(30, TimeUnit.SECONDS)).isTrue();
        input.stop.stop();

        processor.giveUp(message, "It was not finished in time.");
        thread.interrupt();
        awaitEnd(thread);

        assertThat(input.sqs.calls).hasSize(2);
        assertThat(attribute(deadLetter(), "attache-code")).isEqualTo("RETRIES_EXHAUSTED");
        assertThat(input.sqs.calls.getLast()).isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aDeadLetterThatWaitsForItsAnnouncementIsNotForgottenAtAStop() throws Exception {
        input.classifier = error -> error.getMessage().equals("SNS is down")
                ? new Failure.Down("SNS is down")
                : new Failure.Rejected("MALFORMED", "not JSON");
        input.listener = letter -> {
            throw new IllegalStateException("SNS is down");
        };
        input.service.is(Downstream.State.DOWN);
        MessageProcessor processor = input.processor(any -> {
            throw new IllegalStateException("no");
        });
        Thread thread = Thread.startVirtualThread(() -> processor.process(RecordedSqs.received(3, Map.of())));
        await().atMost(SOON).until(() -> input.turns.waiting() == 1);

        input.stop.stop();
        awaitEnd(thread);

        assertThat(attribute(deadLetter(), "attache-code")).isEqualTo("MALFORMED");
    }

    /**
     * What a wait for a turn or for the relay's answer does when it is interrupted: it fails with an exception of its
     * own.
     */
    @Test
    void aMessageThatIsInterruptedAtItsLastReceiveIsDeadLetteredOnce() throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        MessageProcessor processor = input.processor(any -> {
            handling.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("too late");
            }
        });
        ReceivedMessage message = RecordedSqs.received(3, Map.of());
        Thread thread = Thread.startVirtualThread(() -> processor.process(message));
        assertThat(handling.await(30, TimeUnit.SECONDS)).isTrue();
        input.stop.stop();

        thread.interrupt();
        awaitEnd(thread);
        processor.giveUp(message, "It was not finished in time.");

        assertThat(input.sqs.calls)
                .filteredOn(SendMessageRequest.class::isInstance)
                .hasSize(1);
        assertThat(input.announced).hasSize(1);
    }

    @Test
    void aMessageThatWasHandledIsNotGivenUp() {
        MessageProcessor processor = input.processor(any -> {});
        ReceivedMessage message = RecordedSqs.received(3, Map.of());
        processor.process(message);

        processor.giveUp(message, "It was not finished in time.");

        assertThat(input.sqs.calls).singleElement().isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aDeadLetterIsNotCopiedAgainWhenOnlyItsDeletionFails() {
        input.classifier = error -> error instanceof IllegalStateException
                ? new Failure.Rejected("MALFORMED", "no")
                : Failure.Transient.inPlace("AWS could not be reached");
        input.sqs.deleteAnswer = CompletableFuture.failedFuture(SdkClientException.create("timeout"));
        MessageProcessor processor = input.processor(any -> {
            throw new IllegalStateException("refused");
        });
        Thread thread = Thread.startVirtualThread(() -> processor.process(RecordedSqs.received(1, Map.of())));
        await().atMost(SOON)
                .until(() -> input.sqs.calls.stream()
                                .filter(DeleteMessageRequest.class::isInstance)
                                .count()
                        > 3);

        input.sqs.deleteAnswer = null;
        awaitEnd(thread);

        assertThat(input.sqs.calls)
                .filteredOn(SendMessageRequest.class::isInstance)
                .hasSize(1);
        assertThat(input.announced).hasSize(1);
    }

    @Test
    void aHandledMessageThatCannotBeDeletedStaysInFlightUntilItCan() {
        input.classifier = error -> new Failure.Down("AWS refuses this worker sqs:DeleteMessage");
        input.sqs.deleteAnswer = CompletableFuture.failedFuture(SdkClientException.create("denied"));
        ReceivedMessage message = RecordedSqs.received(1, Map.of());
        MessageProcessor processor = input.processor(any -> attempts.incrementAndGet());
        Thread thread = Thread.startVirtualThread(() -> processor.process(message));
        await().atMost(SOON).until(() -> input.sqs.calls.size() > 5);
        await().atMost(SOON).until(() -> message.hold().extend(CompletableFuture.completedFuture(null)));

        input.sqs.deleteAnswer = null;
        awaitEnd(thread);

        assertThat(attempts).hasValue(1);
        assertThat(input.sqs.calls).allSatisfy(call -> assertThat(call).isInstanceOf(DeleteMessageRequest.class));
        assertThat(message.hold().extend(CompletableFuture.completedFuture(null)))
                .as("held after its end")
                .isFalse();
    }

    @Test
    void aHandledMessageWhoseDeletionItselfIsRefusedIsLeftToItsQueue() {
        input.classifier = error -> new Failure.Bug("ReceiptHandleIsInvalid");
        input.sqs.deleteAnswer =
                CompletableFuture.failedFuture(SdkClientException.create("the receipt handle is not valid"));

        input.processor(any -> {}).process(RecordedSqs.received(1, Map.of()));

        assertThat(input.sqs.calls).singleElement().isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aStopEndsTheWaitOfAHandledMessageThatCannotBeDeleted() {
        input.classifier = error -> new Failure.Down("AWS refuses this worker sqs:DeleteMessage");
        input.sqs.deleteAnswer = CompletableFuture.failedFuture(SdkClientException.create("denied"));
        MessageProcessor processor = input.processor(any -> {});
        Thread thread = Thread.startVirtualThread(() -> processor.process(RecordedSqs.received(1, Map.of())));
        await().atMost(SOON).until(() -> input.sqs.calls.size() > 3);

        input.stop.stop();

        awaitEnd(thread);
    }

    @Test
    void whatBecomesOfMessagesIsCounted() {
        input.classifier = error -> new Failure.Rejected("MALFORMED", "not JSON");
        fail(RecordedSqs.received(1, Map.of()));
        input.classifier = error -> new Failure.Bug("NullPointerException");
        fail(RecordedSqs.received(1, Map.of()));
        input.processor(message -> {}).process(RecordedSqs.received(1, Map.of()));

        assertThat(input.meters
                        .counter("attache.messages", "queue", "orders", "outcome", "rejected", "code", "MALFORMED")
                        .count())
                .isEqualTo(1);
        assertThat(input.meters
                        .counter("attache.messages", "queue", "orders", "outcome", "bug", "code", "none")
                        .count())
                .isEqualTo(1);
        assertThat(input.meters
                        .counter("attache.messages", "queue", "orders", "outcome", "handled", "code", "none")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aPoisonedMessageDoesNotKeepTheServiceClosedForAnother() {
        input.classifier = error -> new Failure.Down("the breaker is open");
        input.service.is(Downstream.State.DOWN);
        Thread poison = Thread.startVirtualThread(() -> input.processor(any -> {
                    input.service.is(Downstream.State.DOWN);
                    throw new IllegalStateException("the object is broken");
                })
                .process(RecordedSqs.received(1, Map.of())));
        await().atMost(SOON).until(() -> input.turns.waiting() == 1);
        Thread good = Thread.startVirtualThread(() -> input.processor(any -> {
                    if (input.service.state() == Downstream.State.DOWN) {
                        throw new IllegalStateException("not permitted");
                    }
                    input.service.is(Downstream.State.UP);
                })
                .process(RecordedSqs.received(1, Map.of())));
        await().atMost(SOON).until(() -> input.turns.waiting() == 2);

        await().atMost(SOON).until(() -> {
            if (input.service.state() == Downstream.State.DOWN) {
                input.service.is(Downstream.State.PROBING);
            }
            return !good.isAlive();
        });

        assertThat(input.sqs.calls).singleElement().isInstanceOf(DeleteMessageRequest.class);
        input.stop.stop();
        awaitEnd(poison);
    }
}
