package dev.attache.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a link could open an object now, and until when, as far as S3 says so. */
public sealed interface Availability {

    /** An object that can be read, and of which S3 names no end. */
    Availability UNLIMITED = new Readable(null);

    /**
     * It can be read.
     *
     * @param until when S3 may delete it, or the restored copy of it; null where it names no such time
     */
    @SuppressWarnings("AvoidCommonTypeNames") // Written as Availability.Readable; nothing here reads characters.
    record Readable(@Nullable Instant until) implements Availability {}

    /**
     * S3 would refuse to read it out ({@code InvalidObjectState}).
     *
     * @param where where it is, and whether it is being restored; follows the object's name in a sentence
     */
    record Archived(String where) implements Availability {}
}
