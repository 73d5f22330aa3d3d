package dev.attache.aws;

import dev.attache.binder.failure.AwsErrorKind;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Notes which calls of an AWS client are refused for what the worker is, and which are allowed. */
final class RefusalInterceptor implements ExecutionInterceptor {

    /** SQS's call that only names what is unwise, or shows depths: the worker does without the answer. */
    private static final String OPTIONAL = "GetQueueAttributes";

    private final RefusedCalls refusals;

    RefusalInterceptor(RefusedCalls refusals) {
        this.refusals = refusals;
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        AwsCall call = call(context.request(), attributes);
        BatchRefusal.of(context.response())
                .ifPresentOrElse(
                        refusal -> refusals.refused(call, refusal.why(), refusal.code()), () -> refusals.allowed(call));
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        AwsErrorKind why = AwsErrorKind.of(context.exception());
        if (why.isAboutWorker()
                && !OPTIONAL.equals(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME))
                && !ObjectReads.mayBeOfObject(attributes, why == AwsErrorKind.PERMISSION || why == AwsErrorKind.KEY)) {
            refusals.refused(call(context.request(), attributes), why, AwsErrorKind.named(context.exception()));
        }
    }

    private static AwsCall call(SdkRequest request, ExecutionAttributes attributes) {
        return AwsCall.of(
                attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
                attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
                request);
    }
}
