package dev.attache.aws;

import dev.attache.binder.failure.AwsErrorKind;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Records which calls of an AWS client are refused to this worker, and which are allowed. */
final class RefusalInterceptor implements ExecutionInterceptor {

    /** A call to SQS that may be refused: its answer is used for warnings and to show queue depths only. */
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
        boolean optional = OPTIONAL.equals(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
        boolean ofObject = ObjectReads.isOfObject(attributes) && why.mayConcernOneObject();
        if (why.isAboutWorker() && !optional && !ofObject) {
            refusals.refused(call(context.request(), attributes), why, AwsErrorKind.describe(context.exception()));
        }
    }

    private static AwsCall call(SdkRequest request, ExecutionAttributes attributes) {
        return AwsCall.of(
                attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
                attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
                request);
    }
}
