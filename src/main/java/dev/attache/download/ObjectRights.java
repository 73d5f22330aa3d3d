package dev.attache.download;

import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.source.SourcePolicy;
import dev.attache.storage.UploadKeys;
import org.jspecify.annotations.Nullable;

/** Which objects a source may name: those that it may link to, and the uploads that it asked for. */
final class ObjectRights {

    private ObjectRights() {}

    /**
     * The object that an event names.
     *
     * @param subject the event's subject
     * @throws RejectedException {@code KEY_NOT_ALLOWED}
     */
    static ObjectRef require(SourcePolicy policy, AttachmentRef named, @Nullable String subject) {
        String bucket = named.bucket() == null ? policy.uploadBucket() : named.bucket();
        return isUploaded(policy, bucket, named.key())
                ? new ObjectRef(bucket, named.key(), named.versionId())
                : policy.download(named, subject);
    }

    /** @throws RejectedException {@code KEY_NOT_ALLOWED} if the object was not uploaded for the source */
    static ObjectRef requireUploaded(SourcePolicy policy, ObjectRef object) {
        if (!isUploaded(policy, object.bucket(), object.key())) {
            throw new RejectedException(
                    RejectionCode.KEY_NOT_ALLOWED,
                    "Source %s may not link to this object: its uploads are in bucket %s under %s%s/"
                            .formatted(policy.source(), policy.uploadBucket(), UploadKeys.PREFIX, policy.source()));
        }
        return object;
    }

    private static boolean isUploaded(SourcePolicy policy, String bucket, String key) {
        return bucket.equals(policy.uploadBucket()) && UploadKeys.isOf(policy.source(), key);
    }
}
