package dev.attache.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.binder.InputStatuses;
import dev.attache.binder.inbound.InputStatus;
import dev.attache.queues.PauseFlags;
import dev.attache.reliability.worker.DedicatedAws;
import dev.attache.reliability.worker.InProcessWorker;
import dev.attache.reliability.worker.ReceiveRecorder;
import dev.attache.sandbox.DedicatedAwsTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.context.ConfigurableApplicationContext;

/** Two workers read one ledger, so an input that is paused on one of them is paused on both. */
@DedicatedAwsTest
class PausedOnAllWorkersIT {

    private static final String QUEUE = "attachment-requests";

    private static final String BINDING = "attachmentRequests-in-0";

    /** Stays active. */
    private static final String OTHER = "purchases-completed";

    private static final String OTHER_BINDING = "purchases-in-0";

    private static final Map<String, String> SETTINGS = Map.of(
            "attache.queues.pause-check-interval",
            "200ms",
            "spring.cloud.stream.sqs.default.consumer.poll-timeout",
            "1s",
            // A message that a poll of a stopped worker still received is received again soon.
            DedicatedAws.VISIBILITY_TIMEOUT,
            "5s");

    private final DedicatedAws aws = DedicatedAws.start(Duration.ofSeconds(30));

    private Worker one;

    private Worker two;

    private record Worker(ConfigurableApplicationContext context, ReceiveRecorder receives) {

        static Worker start(DedicatedAws aws) {
            ReceiveRecorder receives = new ReceiveRecorder();
            return new Worker(InProcessWorker.start(aws.surroundings(), SETTINGS, receives), receives);
        }

        PauseFlags flags() {
            return context.getBean(PauseFlags.class);
        }

        boolean isPaused(String queue) {
            return context.getBean(InputStatuses.class).now().stream()
                    .filter(input -> input.queue().equals(queue))
                    .allMatch(InputStatus::paused);
        }

        double meter(String queue) {
            return context.getBean(MeterRegistry.class)
                    .get("attache.input.paused")
                    .tag("queue", queue)
                    .gauge()
                    .value();
        }

        BindingsLifecycleController bindings() {
            return context.getBean(BindingsLifecycleController.class);
        }

        /** The ids of the messages of a queue that this worker has received since the last call. */
        Set<String> received(String queue) {
            return receives.sinceLastLook().keySet().stream()
                    .filter(key -> key.startsWith(queue + " "))
                    .map(key -> key.substring(queue.length() + 1))
                    .collect(Collectors.toSet());
        }
    }

    @BeforeEach
    void twoWorkers() {
        one = Worker.start(aws);
        two = Worker.start(aws);
    }

    @AfterEach
    void stop() {
        two.context().close();
        one.context().close();
        aws.close();
    }

    private Set<String> send(String queue, int messages) {
        return IntStream.range(0, messages)
                .mapToObj(i -> aws.upstream().send(queue, "{}"))
                .collect(Collectors.toSet());
    }

    private void awaitReceived(Set<String> messages, String queue) {
        Set<String> missing = new HashSet<>(messages);
        await("all messages of " + queue + " are received").until(() -> {
            missing.removeAll(one.received(queue));
            missing.removeAll(two.received(queue));
            return missing.isEmpty();
        });
    }

    /** Also the polls that began before the pause have ended. */
    private static void awaitPaused(Worker... workers) {
        for (Worker worker : workers) {
            await("paused")
                    .until(() -> worker.isPaused(QUEUE) && !worker.receives().isReceiving(QUEUE));
        }
    }

    private static void awaitResumed(Worker... workers) {
        for (Worker worker : workers) {
            await("resumed").until(() -> !worker.isPaused(QUEUE));
        }
    }

    /** Meanwhile each worker has polled another queue several times. */
    private void awaitOtherMessages() {
        for (int i = 0; i < 10; i++) {
            awaitReceived(send(OTHER, 1), OTHER);
        }
    }

    @Test
    void anInputThatIsPausedOnOneWorkerReceivesNothingOnAnyUntilItIsResumedOnAnyOfThem() {
        awaitReceived(send(QUEUE, 3), QUEUE);
        aws.upstream().awaitDrained(QUEUE);

        one.flags().pause(QUEUE, "anna", "a test");
        awaitPaused(one, two);
        one.receives().sinceLastLook();
        two.receives().sinceLastLook();
        Set<String> waiting = send(QUEUE, 5);
        awaitOtherMessages();

        assertThat(aws.upstream().depth(QUEUE)).isEqualTo(5);
        assertThat(one.receives().isReceiving(QUEUE) || two.receives().isReceiving(QUEUE))
                .isFalse();
        assertThat(two.meter(QUEUE)).isEqualTo(1);
        assertThat(two.meter(OTHER)).isZero();
        assertThat(two.flags().all()).hasEntrySatisfying(QUEUE, pause -> {
            assertThat(pause.by()).isEqualTo("anna");
            assertThat(pause.reason()).isEqualTo("a test");
        });

        two.flags().resume(QUEUE, "ben");
        awaitReceived(waiting, QUEUE);
        awaitResumed(one, two);
        assertThat(one.meter(QUEUE)).isZero();
    }

    @Test
    void anInputThatWasPausedByHandOnOneWorkerStaysPausedThereWhenAllAreResumed() {
        one.bindings().pause(BINDING);
        two.flags().pause(QUEUE, "anna", "");
        awaitPaused(one, two);

        two.flags().resume(QUEUE, "anna");
        // When this later change has arrived, the resume has been applied.
        two.flags().pause(OTHER, "anna", "");
        await("the first worker has applied the last change").until(() -> one.isPaused(OTHER));
        awaitResumed(two);

        assertThat(one.isPaused(QUEUE)).isTrue();
        one.bindings().resume(BINDING);
        assertThat(one.isPaused(QUEUE)).isFalse();
        assertThat(one.bindings().queryState(OTHER_BINDING)).allMatch(binding -> binding.isPaused());
    }

    @Test
    void aPauseOutlivesARestartAndTheRestartedWorkerReceivesNothingBeforeTheResume() {
        one.flags().pause(QUEUE, "anna", "");
        awaitPaused(one, two);
        Set<String> waiting = send(QUEUE, 5);
        two.context().close();

        two = Worker.start(aws);
        assertThat(two.isPaused(QUEUE)).isTrue();
        awaitOtherMessages();

        assertThat(aws.upstream().depth(QUEUE)).isEqualTo(5);
        one.flags().resume(QUEUE, "anna");
        awaitReceived(waiting, QUEUE);
        awaitResumed(one, two);
    }
}
