package dev.attache.permissions;

import dev.attache.permissions.iam.AwsRequest;
import java.util.Set;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Records the calls of one client. */
final class CallInterceptor implements ExecutionInterceptor {

    private final CallRecords records;

    private final Set<String> roles;

    private final String client;

    private final RequiredPermissions permissions;

    CallInterceptor(CallRecords records, Set<String> roles, String client, RequiredPermissions permissions) {
        this.records = records;
        this.roles = roles;
        this.client = client;
        this.permissions = permissions;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        permissions.of(context.request()).forEach(this::add);
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        if (context.exception() instanceof S3Exception failure && failure.statusCode() == 404) {
            permissions.ofMissing(context.request()).ifPresent(this::add);
        }
    }

    private void add(AwsRequest request) {
        records.add(new RecordedCall(roles, client, Callers.packages(), request));
    }
}
