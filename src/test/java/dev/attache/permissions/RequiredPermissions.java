package dev.attache.permissions;

import dev.attache.permissions.iam.AwsRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * What a call needs to be allowed, in the names of {@link Sample}.
 *
 * @param bucket the bucket of the installation under test
 */
record RequiredPermissions(String bucket) {

    /** The action of an operation that nobody has described yet; no policy allows it. */
    static final String UNKNOWN = "unknown:";

    List<AwsRequest> of(SdkRequest request) {
        Optional<Operation> operation = Operation.of(request);
        if (operation.isEmpty()) {
            return List.of(new AwsRequest(
                    UNKNOWN + request.getClass().getSimpleName() + ": add the operation to Operation", "*"));
        }
        return operation.get().actions().stream()
                .filter(action -> needs(request, action))
                .flatMap(action -> resources(operation.get(), request)
                        .map(resource -> new AwsRequest(action, resource, context(request))))
                .toList();
    }

    private static boolean needs(SdkRequest request, String action) {
        return switch (action) {
            case "s3:GetObject" -> version(request) == null;
            case "s3:GetObjectVersion" -> version(request) != null;
            case "s3:PutObjectTagging" -> tagging(request) != null;
            default -> true;
        };
    }

    private static @Nullable String version(SdkRequest request) {
        return switch (request) {
            case GetObjectRequest get -> get.versionId();
            case HeadObjectRequest head -> head.versionId();
            default -> null;
        };
    }

    private static @Nullable String tagging(SdkRequest request) {
        return switch (request) {
            case PutObjectRequest put -> put.tagging();
            case CreateMultipartUploadRequest create -> create.tagging();
            default -> null;
        };
    }

    private static Map<String, String> context(SdkRequest request) {
        return switch (request) {
            case PutObjectRequest put when put.ifNoneMatch() != null -> Map.of("s3:if-none-match", put.ifNoneMatch());
            case CompleteMultipartUploadRequest complete
            when complete.ifNoneMatch() != null -> Map.of("s3:if-none-match", complete.ifNoneMatch());
            case ListObjectsV2Request list
            when list.prefix() != null -> Map.of("s3:prefix", ObjectKeys.representative(list.prefix()));
            case AssumeRoleRequest assume -> Map.of("sts:RoleSessionName", assume.roleSessionName());
            case PutMetricDataRequest metrics -> Map.of("cloudwatch:namespace", metrics.namespace());
            case SendEmailRequest _ -> Map.of("ses:FromAddress", Sample.FROM);
            default -> Map.of();
        };
    }

    /**
     * What S3 checks for an object that does not exist: without {@code s3:ListBucket} it answers 403 instead of 404
     * ("HeadObject", Permissions). The prefix is then the object's key.
     */
    Optional<AwsRequest> ofMissing(SdkRequest request) {
        return request instanceof GetObjectRequest || request instanceof HeadObjectRequest
                ? field(request, "Key")
                        .map(key -> new AwsRequest(
                                "s3:ListBucket", bucket(request), Map.of("s3:prefix", ObjectKeys.representative(key))))
                : Optional.empty();
    }

    /** What a signed link needs when it is used: it is checked against the permissions of its signer. */
    List<AwsRequest> ofLink(String action, String ofBucket, String key) {
        return List.of(new AwsRequest(action, bucketArn(ofBucket) + "/" + ObjectKeys.representative(key)));
    }

    private Stream<String> resources(Operation operation, SdkRequest request) {
        // SES checks both, if the identity has a default configuration set.
        return operation == Operation.SEND_EMAIL
                ? Stream.of(Sample.IDENTITY, Sample.CONFIGURATION_SET)
                : Stream.of(resource(operation, request));
    }

    private String resource(Operation operation, SdkRequest request) {
        return switch (operation) {
            case LIST_OBJECTS, HEAD_BUCKET, GET_OBJECT_LOCK -> bucket(request);
            case GET_OBJECT,
                    HEAD_OBJECT,
                    PUT_OBJECT,
                    DELETE_OBJECT,
                    CREATE_MULTIPART,
                    LIST_PARTS,
                    COMPLETE_MULTIPART,
                    ABORT_MULTIPART ->
                bucket(request)
                        + "/"
                        + ObjectKeys.representative(field(request, "Key").orElseThrow());
            case GET_QUEUE_URL,
                    GET_QUEUE_ATTRIBUTES,
                    RECEIVE_MESSAGE,
                    SEND_MESSAGE,
                    SEND_MESSAGE_BATCH,
                    DELETE_MESSAGE_BATCH,
                    CHANGE_VISIBILITY_BATCH ->
                Sample.queue(name(Stream.of("QueueName", "QueueUrl")
                        .flatMap(field -> field(request, field).stream())
                        .findFirst()
                        .orElseThrow()));
            case PUBLISH_BATCH -> Sample.topic(name(field(request, "TopicArn").orElseThrow()));
            case LIST_TOPICS, PUT_METRIC_DATA -> "*";
            case SEND_EMAIL -> Sample.IDENTITY;
            case ASSUME_ROLE -> Sample.SIGNER;
        };
    }

    private String bucket(SdkRequest request) {
        return bucketArn(field(request, "Bucket").orElseThrow());
    }

    private String bucketArn(String name) {
        return name.equals(bucket) ? Sample.BUCKET : "arn:aws:s3:::" + name;
    }

    /** The last part of a URL or an ARN. */
    private static String name(String address) {
        return address.substring(Math.max(address.lastIndexOf('/'), address.lastIndexOf(':')) + 1);
    }

    private static Optional<String> field(SdkRequest request, String name) {
        return request.getValueForField(name, String.class);
    }

    /**
     * The calls of KMS that S3, SNS and SQS make in the caller's name if the resource is encrypted with a key ("Using
     * server-side encryption with AWS KMS keys", "Key management" of SQS and SNS).
     */
    static List<AwsRequest> ofEncryption(AwsRequest request) {
        List<AwsRequest> calls = new ArrayList<>();
        switch (request.action()) {
            case "s3:GetObject", "s3:GetObjectVersion" -> calls.add(kms("kms:Decrypt", "s3"));
            case "s3:PutObject" -> {
                calls.add(kms("kms:GenerateDataKey", "s3"));
                // Parts are decrypted when the upload is completed.
                calls.add(kms("kms:Decrypt", "s3"));
            }
            case "sqs:ReceiveMessage" -> calls.add(kms("kms:Decrypt", "sqs"));
            case "sqs:SendMessage" -> {
                calls.add(kms("kms:GenerateDataKey", "sqs"));
                calls.add(kms("kms:Decrypt", "sqs"));
            }
            case "sns:Publish" -> {
                calls.add(kms("kms:GenerateDataKey", "sns"));
                calls.add(kms("kms:Decrypt", "sns"));
            }
            default -> {}
        }
        return calls;
    }

    private static AwsRequest kms(String action, String via) {
        return new AwsRequest(action, Sample.KEY, Map.of("kms:ViaService", via + ".eu-central-1.amazonaws.com"));
    }
}
