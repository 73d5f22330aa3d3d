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
        AwsErrorKind answer = AwsErrorKind.of(context.exception());
        boolean failed = context.exception() instanceof SdkServiceException service && service.statusCode() >= 500;
        if (ObjectReads.mayBeOfObject(
                        attributes,
                        answer == AwsErrorKind.PERMISSION
                                || answer == AwsErrorKind.KEY
                                || isUnexplained(context.exception()))
                || ObjectReads.isCompared(attributes, failed)) {
            breaker.releasePermission();
        } else if (answer == AwsErrorKind.REQUEST) {
            breaker.onSuccess(elapsed(attributes), breaker.getTimestampUnit());
        } else {
            breaker.onError(elapsed(attributes), breaker.getTimestampUnit(), context.exception());
        }
    }

    /**
     * The 400 and 404 of a HEAD have no code (Amazon S3 API Reference, "HeadObject"), so their cause is unknown. The
     * GET that follows is counted.
     */
    private static boolean isUnexplained(Throwable error) {
        return error instanceof SdkServiceException answer
                && AwsErrorKind.code(answer) == null
                && (answer.statusCode() == 400 || answer.statusCode() == 404);
    }

    private long elapsed(ExecutionAttributes attributes) {
        Long began = attributes.getAttribute(start);
        return began == null ? 0 : breaker.getCurrentTimestamp() - began;
    }
}
