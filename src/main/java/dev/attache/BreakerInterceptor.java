package dev.attache;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Holds a circuit breaker around every call of an AWS client, the SDK's own retries within. A service that says no (4xx) is
 * one that answers: only throttling, 5xx and silence count against it.
 */
final class BreakerInterceptor implements ExecutionInterceptor {

    private final ExecutionAttribute<Long> start = new ExecutionAttribute<>("attache.breaker.start." + System.identityHashCode(this));

    private final CircuitBreaker breaker;

    BreakerInterceptor(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    /** @throws io.github.resilience4j.circuitbreaker.CallNotPermittedException while the breaker is open */
    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        breaker.acquirePermission();
        attributes.putAttribute(start, breaker.getCurrentTimestamp());
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        breaker.onSuccess(elapsed(attributes), breaker.getTimestampUnit());
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        if (attributes.getAttribute(start) == null) {
            return;
        }
        if (context.exception() instanceof SdkServiceException answer && !answer.isThrottlingException()
                && answer.statusCode() < 500) {
            breaker.onSuccess(elapsed(attributes), breaker.getTimestampUnit());
        } else {
            breaker.onError(elapsed(attributes), breaker.getTimestampUnit(), context.exception());
        }
    }

    private long elapsed(ExecutionAttributes attributes) {
        Long began = attributes.getAttribute(start);
        return began == null ? 0 : breaker.getCurrentTimestamp() - began;
    }
}
