package dev.attache.aws;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Calls that wait for their answers, on virtual threads. The threads are kept for a while, for what the SDK keeps with
 * them: it searches every jar for a factory of XML readers when a thread reads its first answer from SNS.
 */
final class BlockingCalls implements AutoCloseable {

    private final ExecutorService threads;

    /** @param service begins the name of each thread */
    BlockingCalls(String service) {
        this.threads = Executors.newCachedThreadPool(
                Thread.ofVirtual().name(service + "-call-", 0).factory());
    }

    /** @return fails with what the call throws, as it is, or since this is closed */
    <T> CompletableFuture<T> start(Supplier<T> call) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    answer.complete(call.get());
                } catch (Throwable e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException closed) {
            answer.completeExceptionally(
                    SdkClientException.create("The worker stops, and makes no more calls", closed));
        }
        return answer;
    }

    /** Interrupts the calls under way. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
