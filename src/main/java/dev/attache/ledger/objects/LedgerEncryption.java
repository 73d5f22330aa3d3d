package dev.attache.ledger.objects;

import dev.attache.storage.ObjectEncryption;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Adds headers for server-side encryption to the worker's own writes to S3, which are all in the ledger and the keys'
 * folder. Needed if the bucket's policy refuses writes without them.
 *
 * @param serverSideEncryption sent with each write
 * @param kmsKeyId the KMS key's id, ARN or alias; with {@code aws:kms} only
 */
@ConfigurationProperties("attache.ledger")
public record LedgerEncryption(
        @DefaultValue("none") ObjectEncryption.Kind serverSideEncryption,
        @Nullable String kmsKeyId) implements ExecutionInterceptor {

    public LedgerEncryption {
        ObjectEncryption.configured("attache.ledger", serverSideEncryption, kmsKeyId);
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        if (!(context.request() instanceof PutObjectRequest put)
                || serverSideEncryption == ObjectEncryption.Kind.NONE) {
            return context.request();
        }
        return put.toBuilder()
                .overrideConfiguration(
                        override -> ObjectEncryption.configured("attache.ledger", serverSideEncryption, kmsKeyId)
                                .headers()
                                .forEach(override::putHeader))
                .build();
    }
}
