package dev.attache.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class BlockingCallsUnitTests {

    private final BlockingCalls calls = new BlockingCalls("test");

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void startingACallDoesNotBlock() {
        CountDownLatch answered = new CountDownLatch(1);

        CompletableFuture<String> answer = calls.start(() -> {
            await(answered);
            return Thread.currentThread().isVirtual() + " "
                    + Thread.currentThread().getName();
        });

        assertThat(answer).isNotDone();
        answered.countDown();
        assertThat(answer.join()).startsWith("true test-call-");
    }

    @Test
    void anExceptionIsNotWrapped() {
        SdkClientException failure = SdkClientException.create("no");

        CompletableFuture<Object> answer = calls.start(() -> {
            throw failure;
        });

        assertThat(answer.handle((done, error) -> error).join()).isSameAs(failure);
    }

    @Test
    void closingInterruptsRunningCallsAndRefusesNewOnes() {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> waiting = calls.start(() -> {
            begun.countDown();
            await(new CountDownLatch(1));
            return "never";
        });
        await(begun);

        calls.close();

        assertThatThrownBy(waiting::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(InterruptedException.class);
        assertThatThrownBy(calls.start(() -> "late")::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(SdkClientException.class)
                .hasRootCauseInstanceOf(RejectedExecutionException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
