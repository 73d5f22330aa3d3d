package dev.attache.contract;

import dev.attache.contract.value.ObjectRef;
import org.jspecify.annotations.Nullable;

/**
 * S3 says that an object was created; one record of a notification, in either of S3's forms.
 *
 * @param object what was created; the key is decoded
 * @param eTag without quotes, where the notification says it
 * @param sequencer hexadecimal; orders the events of one key (Amazon S3 User Guide, "Event message structure")
 * @param reason the operation that created it, by the name that it has in S3's own notification: {@code Put},
 *     {@code Post}, {@code Copy}, {@code CompleteMultipartUpload}; another one as it was given; null where the
 *     notification does not say it
 */
public record ObjectCreated(
        ObjectRef object,
        @Nullable String eTag,
        @Nullable String sequencer,
        @Nullable String reason) {}
