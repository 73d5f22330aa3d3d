package dev.attache.permissions;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sns.model.ListTopicsRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * The operations of AWS that the application calls, and the actions that policies must allow for each.
 * {@link RequiredPermissions} says which of them a request needs.
 *
 * <p>The sources are the Service Authorization Reference ("Actions, resources, and condition keys for …") and what is
 * named beside an operation.
 */
enum Operation {
    GET_OBJECT(GetObjectRequest.class, Source.S3, "s3:GetObject", "s3:GetObjectVersion"),
    HEAD_OBJECT(HeadObjectRequest.class, Source.S3, "s3:GetObject", "s3:GetObjectVersion"),
    /** {@code If-Match} and {@code If-None-Match} need no other action. */
    PUT_OBJECT(PutObjectRequest.class, Source.S3, "s3:PutObject", "s3:PutObjectTagging"),
    DELETE_OBJECT(DeleteObjectRequest.class, Source.S3, "s3:DeleteObject"),
    LIST_OBJECTS(ListObjectsV2Request.class, Source.S3, "s3:ListBucket"),
    HEAD_BUCKET(HeadBucketRequest.class, Source.S3, "s3:ListBucket"),
    GET_OBJECT_LOCK(GetObjectLockConfigurationRequest.class, Source.S3, "s3:GetBucketObjectLockConfiguration"),
    CREATE_MULTIPART(CreateMultipartUploadRequest.class, Source.MULTIPART, "s3:PutObject", "s3:PutObjectTagging"),
    LIST_PARTS(ListPartsRequest.class, Source.MULTIPART, "s3:ListMultipartUploadParts"),
    COMPLETE_MULTIPART(CompleteMultipartUploadRequest.class, Source.MULTIPART, "s3:PutObject"),
    ABORT_MULTIPART(AbortMultipartUploadRequest.class, Source.MULTIPART, "s3:AbortMultipartUpload"),

    GET_QUEUE_URL(GetQueueUrlRequest.class, Source.SQS, "sqs:GetQueueUrl"),
    GET_QUEUE_ATTRIBUTES(GetQueueAttributesRequest.class, Source.SQS, "sqs:GetQueueAttributes"),
    RECEIVE_MESSAGE(ReceiveMessageRequest.class, Source.SQS, "sqs:ReceiveMessage"),
    SEND_MESSAGE(SendMessageRequest.class, Source.SQS, "sqs:SendMessage"),
    SEND_MESSAGE_BATCH(SendMessageBatchRequest.class, Source.SQS, "sqs:SendMessage"),
    DELETE_MESSAGE_BATCH(DeleteMessageBatchRequest.class, Source.SQS, "sqs:DeleteMessage"),
    CHANGE_VISIBILITY_BATCH(ChangeMessageVisibilityBatchRequest.class, Source.SQS, "sqs:ChangeMessageVisibility"),

    LIST_TOPICS(ListTopicsRequest.class, Source.SNS, "sns:ListTopics"),
    PUBLISH_BATCH(PublishBatchRequest.class, Source.SNS, "sns:Publish"),

    /** SES reports a missing {@code ses:SendRawEmail} for raw content, although version 2 has no such operation. */
    SEND_EMAIL(SendEmailRequest.class, Source.SES, "ses:SendEmail", "ses:SendRawEmail"),

    ASSUME_ROLE(AssumeRoleRequest.class, Source.STS, "sts:AssumeRole"),

    PUT_METRIC_DATA(PutMetricDataRequest.class, Source.CLOUDWATCH, "cloudwatch:PutMetricData");

    /** The pages of AWS's documentation on which the actions are. */
    private static final class Source {

        static final String S3 = "Amazon S3 User Guide, Required permissions for Amazon S3 API operations";

        static final String MULTIPART = "Amazon S3 User Guide, Multipart upload API and permissions";

        static final String SQS =
                "Amazon SQS Developer Guide, Amazon SQS API permissions: Actions and resource reference";

        static final String SNS =
                "Service Authorization Reference, Actions, resources, and condition keys for Amazon SNS";

        static final String SES =
                "AWS re:Post, How do I resolve an \"Unauthorized\" error when I send emails in Amazon SES?";

        static final String STS =
                "Service Authorization Reference, Actions, resources, and condition keys for AWS Security Token"
                        + " Service";

        static final String CLOUDWATCH =
                "Service Authorization Reference, Actions, resources, and condition keys for Amazon CloudWatch";
    }

    private final Class<? extends SdkRequest> request;

    private final String source;

    private final List<String> actions;

    Operation(Class<? extends SdkRequest> request, String source, String... actions) {
        this.request = request;
        this.source = source;
        this.actions = List.of(actions);
    }

    /** The service as the SDK names its package, and the operation: {@code s3:GetObject}. */
    String id() {
        return service(request) + ":" + request.getSimpleName().replaceFirst("Request$", "");
    }

    /** All actions that some of its requests need. */
    List<String> actions() {
        return actions;
    }

    String source() {
        return source;
    }

    static Optional<Operation> of(SdkRequest request) {
        return Stream.of(values())
                .filter(operation -> operation.request.isInstance(request))
                .findFirst();
    }

    static String service(Class<?> ofSdk) {
        return ofSdk.getPackageName().split("\\.")[4];
    }
}
