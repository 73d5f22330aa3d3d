package dev.attache.storage;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Translates the errors of S3 about one object into those of {@link ObjectCatalog}. */
final class S3ObjectErrors {

    private final ObjectAccess access;

    S3ObjectErrors(ObjectAccess access) {
        this.access = access;
    }

    /**
     * The exception to throw; the same one if it does not concern the object.
     *
     * @throws ObjectsRefusedException as {@link ObjectAccess#requireOthersAllowed}
     */
    RuntimeException translated(ObjectRef object, S3Exception e) {
        if (e.statusCode() >= 500) {
            return switch (access.compareAfterFailure(object)) {
                case OTHER_ANSWERED ->
                    new ObjectFailingException(
                            "S3 answered " + e.statusCode() + " for object " + ObjectKeys.quoted(object.toString())
                                    + ", but not for another object",
                            e);
                case OTHER_FAILED, NO_OTHER -> e;
            };
        }
        if (ObjectAccess.isRefusal(e)) {
            access.requireOthersAllowed(object);
            return rejected(
                    RejectionCode.OBJECT_ACCESS_DENIED,
                    object,
                    "cannot be read by Attaché, although others in its bucket can: it"
                            + " belongs to another account, its KMS key or a policy on it or its tags forbids it,"
                            + " or it does not exist and Attaché lacks s3:ListBucket");
        }
        if (isCustomerEncrypted(e)) {
            return rejected(
                    RejectionCode.OBJECT_CUSTOMER_ENCRYPTED,
                    object,
                    "is encrypted with a key that its owner keeps (SSE-C), which a link cannot contain. Copy it with a"
                            + " key of S3 or KMS, and send the event again");
        }
        Optional<String> absence = absence(e, object.versionId() != null);
        return absence.isEmpty() ? e : rejected(RejectionCode.OBJECT_NOT_FOUND, object, absence.get());
    }

    /**
     * {@code InvalidRequest}: "The object was stored using a form of Server Side Encryption. The correct parameters
     * must be provided".
     */
    private static boolean isCustomerEncrypted(S3Exception error) {
        return error.statusCode() == 400
                && "InvalidRequest".equals(code(error))
                && String.valueOf(error.awsErrorDetails().errorMessage())
                        .toLowerCase(Locale.ROOT)
                        .matches("(?s).*server[ -]side[ -]encryption.*");
    }

    private static RejectedException rejected(RejectionCode code, ObjectRef object, String what) {
        return new RejectedException(code, "Object " + ObjectKeys.quoted(object.toString()) + " " + what);
    }

    /**
     * Whether the error says that the object does not exist, as the end of a sentence. "HeadObject": 404 if the object
     * or its bucket is missing, which the error code of GET distinguishes; 405 if the version is a delete marker; 400
     * for an invalid version id ({@code InvalidArgument} in the response to GET).
     */
    private static Optional<String> absence(S3Exception error, boolean versionRequested) {
        int status = error.statusCode();
        if (status == 404 && !"NoSuchBucket".equals(code(error))) {
            return Optional.of("does not exist");
        }
        return versionRequested && (status == 405 || (status == 400 && "InvalidArgument".equals(code(error))))
                ? Optional.of("does not exist in this version")
                : Optional.empty();
    }

    private static @Nullable String code(S3Exception error) {
        return error.awsErrorDetails() == null ? null : error.awsErrorDetails().errorCode();
    }
}
