package dev.attache.contract;

import java.util.List;

/**
 * The content of one message on the queue {@code objects-created}.
 *
 * @param created the created objects
 * @param ignored one entry for each other event in the message
 */
public record ObjectNotification(List<ObjectCreated> created, List<Ignored> ignored) {

    /** Kinds of events on this queue that do not report a created object. */
    public enum Ignored {

        /** {@code s3:TestEvent}: S3 sends one when a bucket's notifications are configured. */
        TEST_EVENT,
        /** S3 reports another change: an object was deleted, tagged, restored or expired. */
        OTHER_CHANGE,
        /** GuardDuty's Malware Protection for S3 has scanned an object. */
        MALWARE_SCAN,
        /** EventBridge forwards an event of another service. */
        OTHER_SERVICE
    }

    public ObjectNotification {
        created = List.copyOf(created);
        ignored = List.copyOf(ignored);
    }

    public static ObjectNotification of(ObjectCreated created) {
        return new ObjectNotification(List.of(created), List.of());
    }

    public static ObjectNotification of(Ignored ignored) {
        return new ObjectNotification(List.of(), List.of(ignored));
    }
}
