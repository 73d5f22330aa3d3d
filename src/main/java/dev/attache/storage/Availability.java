package dev.attache.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether S3 can read an object now, and until when. */
public sealed interface Availability {

    /** The object can be read, and S3 reports no expiry. */
    Availability UNLIMITED = new Readable(null);

    /**
     * The object can be read.
     *
     * @param until when S3 may delete the object or its restored copy; null if S3 reports no such time
     */
    @SuppressWarnings("AvoidCommonTypeNames") // Written as Availability.Readable; nothing here reads characters.
    record Readable(@Nullable Instant until) implements Availability {}

    /**
     * The object is archived, and S3 refuses to read it ({@code InvalidObjectState}).
     *
     * @param where the archive, and whether a restore is in progress; follows the object's name in a sentence
     */
    record Archived(String where) implements Availability {}
}
