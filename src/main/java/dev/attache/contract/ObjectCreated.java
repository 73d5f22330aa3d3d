package dev.attache.contract;

import dev.attache.contract.value.ObjectRef;
import org.jspecify.annotations.Nullable;

/**
 * A created object, from one record of S3's notification or from an event of EventBridge.
 *
 * @param object the created object; its key is decoded
 * @param eTag without quotes; null if the notification does not contain it
 * @param sequencer hexadecimal; orders the events of one key (Amazon S3 User Guide, "Event message structure")
 * @param reason the operation that created it, as named in S3's notifications, such as {@code Put}, {@code Post},
 *     {@code Copy} or {@code CompleteMultipartUpload}; null if the notification does not contain it
 */
public record ObjectCreated(
        ObjectRef object,
        @Nullable String eTag,
        @Nullable String sequencer,
        @Nullable String reason) {}
