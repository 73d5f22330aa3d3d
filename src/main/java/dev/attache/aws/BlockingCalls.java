package dev.attache.aws;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Makes blocking calls in virtual threads. The threads are pooled because the SDK keeps state in them: it searches
 * every jar for a factory of XML readers when a thread reads its first answer from SNS.
 */
final class BlockingCalls implements AutoCloseable {

    private final ExecutorService threads;

    /** @param service the beginning of the names of the threads */
    BlockingCalls(String service) {
        this.threads = Executors.newCachedThreadPool(
                Thread.ofVirtual().name(service + "-call-", 0).factory());
    }

    /** @return fails with the exception of the call, not wrapped, or because this is closed */
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
                    SdkClientException.create("The worker is stopping and makes no more calls", closed));
        }
        return answer;
    }

    /** Interrupts the calls in flight. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
