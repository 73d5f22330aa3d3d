package dev.attache.aws;

import dev.attache.binder.failure.AwsErrorKind;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Reports every call of an AWS client to a circuit breaker; the retries of the SDK are part of a call. Throttling, 5xx
 * and missing answers are failures, and so are refusals of this worker ({@link AwsErrorKind}): the next message would
 * be refused too. Any other 4xx is a success. A refusal that may concern one object in S3 is not counted.
 */
final class CircuitBreakerInterceptor implements ExecutionInterceptor {

    private final ExecutionAttribute<Long> start =
            new ExecutionAttribute<>("attache.breaker.start." + System.identityHashCode(this));

    private final CircuitBreaker breaker;

    CircuitBreakerInterceptor(CircuitBreaker breaker) {
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
        BatchRefusal.of(context.response())
                .ifPresentOrElse(
                        refusal -> breaker.onError(
                                elapsed(attributes),
                                breaker.getTimestampUnit(),
                                new IllegalStateException("AWS accepted no entry of a batch: " + refusal.code())),
                        () -> breaker.onSuccess(elapsed(attributes), breaker.getTimestampUnit()));
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        if (attributes.getAttribute(start) == null) {
            return;
        }
        switch (outcome(context.exception(), attributes)) {
            case SUCCESS -> breaker.onSuccess(elapsed(attributes), breaker.getTimestampUnit());
            case FAILURE -> breaker.onError(elapsed(attributes), breaker.getTimestampUnit(), context.exception());
            case NOT_COUNTED -> breaker.releasePermission();
        }
    }

    /** What a failed call is for the circuit breaker. */
    private enum Outcome {
        SUCCESS,
        FAILURE,
        NOT_COUNTED
    }

    private static Outcome outcome(Throwable error, ExecutionAttributes call) {
        AwsErrorKind kind = AwsErrorKind.of(error);
        if (ObjectReads.isOfObject(call) && (kind.mayConcernOneObject() || isUnexplained(error))) {
            return Outcome.NOT_COUNTED;
        }
        if (ObjectReads.isCompared(call) && isServerError(error)) {
            return Outcome.NOT_COUNTED;
        }
        return kind == AwsErrorKind.REQUEST ? Outcome.SUCCESS : Outcome.FAILURE;
    }

    private static boolean isServerError(Throwable error) {
        return error instanceof SdkServiceException service && service.statusCode() >= 500;
    }

    /**
     * The 400 and 404 of a HEAD have no code (Amazon S3 API Reference, "HeadObject"), so their cause is unknown. The
     * GET that follows is counted.
     */
    private static boolean isUnexplained(Throwable error) {
        return error instanceof SdkServiceException service
                && AwsErrorKind.code(service) == null
                && (service.statusCode() == 400 || service.statusCode() == 404);
    }

    private long elapsed(ExecutionAttributes attributes) {
        Long began = attributes.getAttribute(start);
        return began == null ? 0 : breaker.getCurrentTimestamp() - began;
    }
}
