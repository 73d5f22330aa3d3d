package dev.attache.binder.failure;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What an error of AWS is about. The codes are those of the API References' "Common Errors" (Amazon SNS, Amazon SQS,
 * AWS STS), of "Publish" and "SendMessage" (KMS), and of Amazon S3 API Reference, "Error responses".
 */
public enum AwsErrorKind {

    /** The service does not answer, is busy or fails. */
    SERVICE,

    /** The credentials of this worker are missing, unknown, wrong or expired, or its clock is wrong. */
    CREDENTIALS,

    /**
     * A policy does not allow this worker the call, or the account may not use the service. For an object in S3 the
     * error may concern that object only.
     */
    PERMISSION,

    /**
     * This worker may not use the KMS key, or the key is disabled. For an object in S3 the error may concern that
     * object only.
     */
    KEY,

    /** The queue, topic or bucket does not exist. */
    RESOURCE,

    /** The request is invalid, or the error is not known. */
    REQUEST;

    private static final Set<String> OF_CREDENTIALS = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidClientTokenId",
            "UnrecognizedClient",
            "UnrecognizedClientException",
            "SignatureDoesNotMatch",
            "InvalidSignatureException",
            "InvalidSignature",
            "IncompleteSignature",
            "InvalidAccessKeyId",
            "InvalidToken",
            "TokenRefreshRequired",
            "RequestTimeTooSkewed",
            "RequestExpired",
            "MissingAuthenticationToken",
            "AuthFailure",
            "InvalidIdentityToken",
            "IDPCommunicationError",
            "IDPRejectedClaim",
            "AuthorizationHeaderMalformed");

    private static final Set<String> OF_PERMISSION = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "AuthorizationError",
            "AuthorizationErrorException",
            "NotAuthorized",
            "OptInRequired",
            "SubscriptionRequiredException",
            "NotSignedUp",
            "AccountProblem",
            "AllAccessDisabled",
            "InvalidPayer",
            "InvalidSecurity",
            "RegionDisabledException");

    private static final Set<String> OF_RESOURCE = Set.of(
            "NotFound",
            "NotFoundException",
            "QueueDoesNotExist",
            "QueueDoesNotExistException",
            "AWS.SimpleQueueService.NonExistentQueue",
            "AWS.SimpleQueueService.QueueDeletedRecently",
            "NoSuchBucket",
            "PermanentRedirect");

    /**
     * These errors are temporary, although their status is 4xx, or a batch entry reports them as the sender's fault.
     */
    private static final Set<String> OF_SERVICE = Set.of(
            "Throttled",
            "ThrottledException",
            "Throttling",
            "ThrottlingException",
            "RequestThrottled",
            "RequestThrottledException",
            "TooManyRequestsException",
            "SlowDown",
            "InternalFailure",
            "InternalError",
            "ServiceUnavailable",
            "RequestTimeout",
            "RequestTimeoutException",
            "PriorRequestNotComplete",
            "OperationAborted");

    /** Answers with 403 that are not about permissions. */
    private static final Set<String> OF_REQUEST = Set.of("InvalidObjectState");

    /** Whether the error is about this worker: AWS would refuse the same call for any message. */
    public boolean isAboutWorker() {
        return switch (this) {
            case CREDENTIALS, PERMISSION, KEY, RESOURCE -> true;
            case SERVICE, REQUEST -> false;
        };
    }

    /** Whether the error of a call about an object in S3 may concern that object only. */
    public boolean mayConcernOneObject() {
        return switch (this) {
            case PERMISSION, KEY -> true;
            case SERVICE, CREDENTIALS, RESOURCE, REQUEST -> false;
        };
    }

    /** The kind of an exception that a call has thrown. */
    public static AwsErrorKind of(Throwable error) {
        return switch (error) {
            case SdkServiceException answer when answer.isThrottlingException() -> SERVICE;
            case SdkServiceException answer when isFromIntermediary(answer) -> SERVICE;
            case SdkServiceException answer -> of(code(answer), answer.statusCode());
            case SdkClientException unsent when mentionsCredentials(unsent) -> CREDENTIALS;
            default -> SERVICE;
        };
    }

    /** @param code null for answers without a body, such as those to S3's HEAD */
    public static AwsErrorKind of(@Nullable String code, int status) {
        String known = code == null ? "" : code;
        if (known.toUpperCase(Locale.ROOT).startsWith("KMS")) {
            return known.toUpperCase(Locale.ROOT).contains("THROTTL") ? SERVICE : KEY;
        }
        if (OF_SERVICE.contains(known)) {
            return SERVICE;
        }
        if (OF_CREDENTIALS.contains(known)) {
            return CREDENTIALS;
        }
        if (OF_RESOURCE.contains(known)) {
            return RESOURCE;
        }
        if (OF_PERMISSION.contains(known)) {
            return PERMISSION;
        }
        if (status >= 500) {
            return SERVICE;
        }
        if (status == 301) {
            // The answer of S3 to a HEAD of a bucket in another region has no code.
            return RESOURCE;
        }
        boolean refused = status == 401 || status == 403;
        return refused && !OF_REQUEST.contains(known) && !known.endsWith("LimitExceeded") && !known.equals("OverLimit")
                ? PERMISSION
                : REQUEST;
    }

    /**
     * SNS and SQS send a code with each error ("Common errors"): an answer without one is from a proxy, a gateway or
     * another service.
     */
    private static boolean isFromIntermediary(SdkServiceException answer) {
        String code = code(answer);
        return (code == null || code.isBlank())
                && !(answer instanceof S3Exception)
                && answer.statusCode() != 401
                && answer.statusCode() != 403;
    }

    /** The code; null if the answer has none. */
    public static @Nullable String code(SdkServiceException answer) {
        return answer instanceof AwsServiceException aws && aws.awsErrorDetails() != null
                ? aws.awsErrorDetails().errorCode()
                : null;
    }

    /** The kind of an exception in lower case, for tags of meters. */
    public static String nameOf(Throwable error) {
        return of(callError(error)).name().toLowerCase(Locale.ROOT);
    }

    /** The exception of a call, without those that futures and containers wrap around it. */
    public static Throwable callError(Throwable error) {
        Throwable inner = error;
        while (!(inner instanceof SdkException) && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** The error for operators: its code, its status or its type. */
    public static String describe(Throwable error) {
        if (error instanceof SdkServiceException answer) {
            String code = code(answer);
            return code == null || code.isEmpty() ? "status " + answer.statusCode() : code;
        }
        return of(error) == CREDENTIALS ? "no credentials" : error.getClass().getSimpleName();
    }

    /** The SDK has no exception type for missing credentials. The last text is for an EC2 instance without a role. */
    private static boolean mentionsCredentials(SdkClientException error) {
        String message = error.getMessage();
        return message != null
                && (message.contains("load credentials")
                        || message.contains("retrieve credentials")
                        || message.contains("fetch credentials")
                        || message.contains("requested metadata is not found"));
    }
}
