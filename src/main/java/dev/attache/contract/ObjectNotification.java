package dev.attache.contract;

import java.util.List;

/**
 * What one message on the queue of created objects tells.
 *
 * @param created the objects that were created
 * @param ignored one entry for each thing that it tells besides, and that is of no use here
 */
public record ObjectNotification(List<ObjectCreated> created, List<Ignored> ignored) {

    /** What may come to this queue and is no created object. */
    public enum Ignored {

        /** {@code s3:TestEvent}: S3 sends one when a bucket's notifications are configured. */
        TEST_EVENT,
        /** S3 tells of something else: an object was deleted, tagged, restored, expired. */
        OTHER_CHANGE,
        /** GuardDuty's Malware Protection for S3 has scanned an object. */
        MALWARE_SCAN,
        /** EventBridge passes on an event of another service. */
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
